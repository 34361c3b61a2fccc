using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Contracts;
using Vmbus.Gen.Analyzers.Flow;
using Vmbus.Gen.Analyzers.Summaries;

namespace Vmbus.Gen.Analyzers.Completion;

/// <summary>Follows the packets that a function holds: who owes them, and what became of them.</summary>
internal sealed class PacketDomain : FlowDomain<PacketStates>
{
    private readonly CompletionModel _model;
    private readonly ViewFlow _views;
    private readonly KeptViews _kept;
    private readonly PacketActions _actions;
    private readonly PacketSlots _slots;
    private readonly PacketMembers _members;
    private readonly PacketMoves _moves;
    private readonly PacketCalls _calls;
    private readonly PacketCallees _callees;
    private readonly PacketOverwrites _overwrites;

    public PacketDomain(CompletionModel model, SummaryCache<PacketSummary>.Request summaries, CompletionOptions options, bool isSummary)
    {
        _model = model;
        CollectsImplicitThrows = isSummary || options.ImplicitExceptions;
        Ledger = new PacketLedger(Types) { Recorder = isSummary ? new ViewRecorder() : null };
        Levels = new LevelFacts(Types);
        var uses = new ViewUses(Ledger);
        _views = new ViewFlow(Types, Ledger, uses);
        _kept = new KeptViews(Ledger);
        _actions = new PacketActions(Ledger, _kept, options);
        _slots = new PacketSlots(Types);
        _members = new PacketMembers(Types, Ledger, _actions, Levels);
        _overwrites = new PacketOverwrites(Types, Ledger);
        _moves = new PacketMoves(Types, Ledger, _actions, _slots, _overwrites);
        _callees = new PacketCallees(model, summaries, _actions, Ledger, uses, _kept, _overwrites);
        _calls = new PacketCalls(model.Contracts, options, Ledger, _actions, _callees, _kept, _overwrites);
    }

    public PacketLedger Ledger { get; }

    public LevelFacts Levels { get; }

    /// <summary>A method whose calls are looked for, and whether one is made where the level may be PASSIVE_LEVEL.</summary>
    public IMethodSymbol? Watched { get; init; }

    public bool IsWatchedAtPassive { get; private set; }

    private static bool IsTarget(IOperation operation) => operation.Parent is ISimpleAssignmentOperation assignment && ReferenceEquals(assignment.Target, operation);

    /// <summary>What the function leaves behind: fields that still hold a view, and a result that is one.</summary>
    public void Leave(FlowExit<PacketStates> exit)
    {
        if (exit.Kind != FlowExitKind.ImplicitThrow)
        {
            _kept.Leave(exit.Disjunct.State, exit.Disjunct.Path);
        }

        foreach (ViewRoot root in Ledger.Views.Of(exit.Value))
        {
            Ledger.Recorder?.Return(root.Packet);
        }
    }

    /// <summary>The analysis that the domain belongs to.</summary>
    public FlowSession Session { get; set; } = null!;

    public override bool CollectsImplicitThrows { get; }

    private VmbusTypes Types => _model.Contracts.Types;

    public override bool Tracks(ITypeSymbol type)
        => Types.IsPacket(type) || VmbusTypes.Same(Types.ExternalData, type) || (type is INamedTypeSymbol { IsTupleType: true } tuple && tuple.TupleElements.Any(e => Types.IsPacket(e.Type)));

    public override bool Follows(ITypeSymbol type, bool isReference) => isReference || ViewTypes.CanView(type, Types);

    public override void Merged(Symbol merged, Value left, Value right) => Ledger.Views.Merge(merged, left, right);

    public override PacketStates Join(PacketStates left, PacketStates right) => left.Join(right, Session.Values);

    public override bool Holds(PacketStates state, Symbol symbol)
        => state.Of(symbol) != PacketStatus.None
            || Levels.IsLevel(symbol)
            || (ValueAlgebra.IsNullTest(symbol) && symbol.Left is Symbol packet && state.Of(packet) != PacketStatus.None)
            || FirstDerived(state, symbol) is not null;

    public override PacketStates Rename(PacketStates state, Symbol from, Symbol to, bool isHeld)
        => RenameOne(RenameDerived(state, from), from, to, isHeld);

    /// <summary>What was read out of an earlier value is an earlier packet, too.</summary>
    public override PacketStates RenameDerived(PacketStates state, Symbol root)
    {
        while (FirstDerived(state, root) is { } derived)
        {
            state = RenameOne(state, derived, Session.Values.Earlier(derived), isHeld: false);
        }

        return state;
    }

    private Symbol? FirstDerived(PacketStates state, Symbol symbol)
    {
        for (int i = 0; i < state.Count; i++)
        {
            if (Session.Values[state[i].Symbol] is Symbol { Kind: Flow.SymbolKind.Derived } derived && derived.Mentions(symbol))
            {
                return derived;
            }
        }

        return null;
    }

    /// <summary>An earlier packet is remembered as long as it is owed, or as something can still be done to it.</summary>
    private PacketStates RenameOne(PacketStates state, Symbol from, Symbol to, bool isHeld)
    {
        PacketStatus status = state.Of(from);
        if (status == PacketStatus.None)
        {
            return state;
        }

        state = state.Without(from);
        if ((status & PacketStatus.Owed) == 0 && !isHeld)
        {
            return state;
        }

        Ledger.Rename(from, to);
        return state.With(to, state.Of(to) | status);
    }

    /// <summary>Inside the function the packet was handed on to its caller; here it is owed.</summary>
    public override void PutOut(Machine<PacketStates> machine, Value? held, Value value, IArgumentOperation argument)
    {
        _overwrites.Check(machine, held, value, argument.Value, argument);
        if (value is Symbol packet && (machine.State.Of(packet) & PacketStatus.HandedOn) != 0 && Types.IsPendingPacket(argument.Value.Type)
            && machine.Program.TargetOf(argument.Value) is { Kind: PlaceKind.Local, Symbol: ILocalSymbol local })
        {
            machine.State = machine.State.With(packet, PacketStatus.Owed);
            Ledger.Name(packet, local, argument.Value.Syntax);
        }
    }

    public override bool MayThrow(Machine<PacketStates> machine, IOperation operation)
    {
        switch (operation)
        {
            case IAwaitOperation { Operation: { } awaited } when _actions.StoredBy(PacketCalls.Awaited(awaited)) is { } stored && (machine.State.Of(stored) & PacketStatus.HandedOn) != 0:
                // A store that fails while it is waited for has not taken the packet.
                PacketStates after = machine.State;
                machine.State = after.With(stored, PacketStatus.Owed);
                machine.RaiseImplicitly();
                machine.State = after;
                return false;
            case IInvocationOperation invocation when Types.IsPacket(invocation.TargetMethod.ContainingType):
                // An owed packet is completed without fail; one that is not, is reported where it stands.
                return false;
            case IPropertyReferenceOperation property when Types.IsPacket(property.Property.ContainingType):
                return false;
            case IObjectCreationOperation { Arguments.Length: 0, Constructor.ContainingType: { DeclaringSyntaxReferences.Length: 0, ContainingNamespace: { } space } }
                when space.ToDisplayString().StartsWith("System.Collections", StringComparison.Ordinal):
                // Nor is making the collection.
                return false;
            case IInvocationOperation invocation when !ReferenceEquals(PacketCalls.Awaited(invocation), invocation):
                // It dresses a task up.
                return false;
            case IInvocationOperation invocation when PacketTransfers.Of(invocation.TargetMethod) != PacketTransfer.None:
                // Putting a packet into a collection, or taking one out, is no reason to complete it in a handler around.
                return false;
            case IInvocationOperation invocation:
                return _callees.SummaryOf(machine, invocation, invocation.TargetMethod, invocation.Arguments, invocation.Instance is null ? 0 : 1) is null;
            default:
                return true;
        }
    }

    public override Value? Member(Machine<PacketStates> machine, Value receiver, ISymbol member)
        => member is IPropertySymbol { Name: "IsDefault" } && Types.IsPacket(member.ContainingType) ? machine.NullTest(receiver) : null;

    public override void Execute(Machine<PacketStates> machine, IOperation operation)
    {
        Levels.Visit(machine, operation);
        _views.Visit(machine, operation);
        if (Watched is not null && operation is IInvocationOperation { TargetMethod: { } called } && SymbolEqualityComparer.Default.Equals(MethodBodies.Implementation(called), Watched))
        {
            IsWatchedAtPassive |= Levels.MayBePassive(machine);
        }

        _slots.Visit(machine, operation);
        _members.CheckExternalData(machine, operation);
        switch (operation)
        {
            case IInvocationOperation invocation:
                if (!_members.Invoke(machine, invocation))
                {
                    _calls.Pass(machine, invocation, invocation.TargetMethod, invocation.Arguments, invocation.Instance is null ? 0 : 1);
                }

                break;
            case IPropertyReferenceOperation property:
                _members.ReadProperty(machine, property);
                if (property is { Property: { IsIndexer: true, GetMethod: { } getter }, Instance: not null } && !IsTarget(property))
                {
                    _calls.Pass(machine, property, getter, property.Arguments, 1);
                }

                break;
            case IConversionOperation { OperatorMethod: { } method }:
                _callees.Operate(machine, operation, method);
                break;
            case IBinaryOperation { OperatorMethod: { } method }:
                _callees.Operate(machine, operation, method);
                break;
            case IUnaryOperation { OperatorMethod: { } method }:
                _callees.Operate(machine, operation, method);
                break;
            case ICompoundAssignmentOperation { Target.Type.TypeKind: TypeKind.Delegate }:
                _actions.HandOn(machine, machine.Operand(1), operation);
                break;
            case ICompoundAssignmentOperation { OperatorMethod: { } method }:
                _callees.Operate(machine, operation, method);
                break;
            case IReturnOperation { Kind: OperationKind.YieldReturn }:
                _actions.HandOn(machine, machine.Operand(0), operation);
                break;
            case IEventAssignmentOperation { Adds: true }:
                _actions.HandOn(machine, machine.Operand(machine.OperandCount - 1), operation);
                break;
            case IObjectCreationOperation { Constructor: { } constructor } creation:
                _calls.Pass(machine, creation, constructor, creation.Arguments, 0);
                break;
            case ISimpleAssignmentOperation assignment:
                _kept.Assign(machine, assignment);
                _moves.Assign(machine, assignment);
                break;
            case IDeconstructionAssignmentOperation deconstruction when machine.Operand(1) is Aggregate tuple:
                Ledger.NameElements(deconstruction.Target, tuple);
                break;
            case IArrayInitializerOperation or ICollectionExpressionOperation:
                for (int i = 0; i < machine.OperandCount; i++)
                {
                    _actions.HandOn(machine, machine.Operand(i), operation);
                }

                break;
            case IAwaitOperation { Operation: { } awaited } when Types.IsPendingPacket(operation.Type):
                if (PacketCalls.IsTakenAsync(awaited))
                {
                    _actions.Take(machine, machine.Fresh(operation, null, isBoolean: false), operation);
                }

                break;
            case IExpressionStatementOperation statement:
                _moves.Discard(machine, machine.Operand(0), statement.Operation);
                break;
        }
    }
}
