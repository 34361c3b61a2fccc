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
        _calls = new PacketCalls(model.Contracts, model.Parts, options, Ledger, _actions, _callees, _kept, _overwrites);
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
        => Types.IsPacket(type) || VmbusTypes.Same(Types.ExternalData, type) || _model.Parts.MayHave(type);

    public override bool Follows(ITypeSymbol type, bool isReference) => isReference || ViewTypes.CanView(type, Types);

    /// <summary>A field that holds on either path what is lost when something else is put there, does so after both.</summary>
    public override PacketStates Merged(PacketStates joined, Place place, Symbol merged, (PacketStates State, Value Held) left, (PacketStates State, Value Held) right)
    {
        Ledger.Views.Merge(merged, left.Held, right.Held);
        if (place.Kind != PlaceKind.Field)
        {
            return joined;
        }

        const PacketStatus Placed = PacketStatus.HandedOn | PacketStatus.Placed;
        return joined.Of(merged) is PacketStatus.None or Placed
            ? IsPlaced(left) || IsPlaced(right) ? joined.With(merged, Placed) : joined.Without(merged)
            : joined;

        static bool IsPlaced((PacketStates State, Value Held) side) => side.Held is Symbol held && (side.State.Of(held) & PacketStatus.Placed) != 0;
    }

    public override PacketStates Join(PacketStates left, PacketStates right) => left.Join(right, Session.Values);

    public override bool Holds(PacketStates state, Symbol symbol)
        => state.Of(symbol) != PacketStatus.None
            || Levels.IsLevel(symbol)
            || (ValueAlgebra.IsNullTest(symbol) && symbol.Left is Symbol packet && state.Of(packet) != PacketStatus.None)
            || FirstDerived(state, symbol) is not null;

    public override PacketStates Rename(PacketStates state, Symbol from, Symbol to, bool isHeld, bool isShared)
        => RenameOne(RenameDerived(state, from), from, to, isHeld, isShared);

    /// <summary>What is none is no packet. Of a parameter the summary says that nothing became of it then.</summary>
    public override PacketStates KnownNull(PacketStates state, Symbol value)
        => value.Origin is Place { Kind: PlaceKind.Parameter } || (state.Of(value) & PacketStatus.Kept) != 0 ? state : state.Without(value);

    /// <summary>What was read out of an earlier value is an earlier packet, too.</summary>
    public override PacketStates RenameDerived(PacketStates state, Symbol root)
    {
        while (FirstDerived(state, root) is { } derived)
        {
            state = RenameOne(state, derived, Session.Values.Earlier(derived), isHeld: false, isShared: true);
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
    private PacketStates RenameOne(PacketStates state, Symbol from, Symbol to, bool isHeld, bool isShared)
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

        // What was called so before is forgotten where it is neither held nor owed; and that it was ended, where this one is gone as well.
        Ledger.Rename(from, to);
        PacketStatus before = state.Of(to);
        before = !isShared && (before & PacketStatus.Owed) == 0 ? PacketStatus.None : PacketActions.IsGone(status) ? before & ~PacketStatus.Retired : before;
        return state.With(to, before | status);
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
        switch (operation.Kind)
        {
            case OperationKind.Await when _actions.StoredBy(PacketCalls.Awaited(((IAwaitOperation)operation).Operation)) is { } stored && (machine.State.Of(stored) & PacketStatus.HandedOn) != 0:
                // A store that fails while it is waited for has not taken the packet.
                RaiseIn(machine, machine.State.With(stored, PacketStatus.Owed));
                return false;
            case OperationKind.Await when _callees.IsAwaitedWithPackets((IAwaitOperation)operation):
                // What its body throws, it threw where it is called.
                return false;
            case OperationKind.PropertyReference:
                IPropertySymbol property = ((IPropertyReferenceOperation)operation).Property;
                if (operation.Parent is IInvocationOperation { TargetMethod: { } user, Instance: { } instance } && ReferenceEquals(instance, operation)
                    && property.DeclaringSyntaxReferences.Length == 0 && PacketTransfers.Of(user) != PacketTransfer.None)
                {
                    // The side of a store that takes packets, or gives them, is part of it.
                    return false;
                }

                if (property.Locations is [{ IsInSource: true }, ..])
                {
                    _callees.RaiseLoss(machine, operation, IsTarget(operation) ? property.SetMethod : property.GetMethod);
                }

                return !Types.IsPacket(property.ContainingType) && !(ReadBlock((IPropertyReferenceOperation)operation) is { } read && _callees.SummaryOf(machine, operation, read.Getter, read.Arguments) is not null);
            case OperationKind.Invocation:
                var invocation = (IInvocationOperation)operation;

                // An owed packet is completed without fail; one that is not, is reported where it stands. Putting a packet into a collection, or taking one out,
                // is no reason to complete it in a handler around; nor is dressing up a task.
                if (Types.IsPacket(invocation.TargetMethod.ContainingType)
                    || !ReferenceEquals(PacketCalls.Awaited(invocation), invocation)
                    || PacketTransfers.Of(invocation.TargetMethod) != PacketTransfer.None
                    || _callees.SummaryOf(machine, invocation, invocation.TargetMethod, CallArguments.Of(invocation)) is not null)
                {
                    return false;
                }

                _callees.RaiseLoss(machine, invocation, invocation.TargetMethod);
                if (PacketActions.Failed(machine) is { } failed && !ReferenceEquals(failed, machine.State) && !InPlaceCalls.RunsInPlace(invocation.TargetMethod))
                {
                    RaiseIn(machine, failed);
                    return false;
                }

                return true;
            case OperationKind.IsPattern when ((IIsPatternOperation)operation).Value.Type is { } tested && Types.IsPacket(tested):
                return false;
            case OperationKind.ObjectCreation:
                // Nor is making the collection.
                _callees.RaiseLoss(machine, operation, ((IObjectCreationOperation)operation).Constructor);
                return operation is not IObjectCreationOperation { Arguments.Length: 0, Constructor.ContainingType: { DeclaringSyntaxReferences.Length: 0 } made }
                    || !NamespaceNames.IsWithin(made, "System.Collections");
            default:
                return true;
        }
    }

    /// <summary>Raises the exception of the operation in another state than before it.</summary>
    private static void RaiseIn(Machine<PacketStates> machine, PacketStates state)
    {
        PacketStates before = machine.State;
        machine.State = state;
        machine.RaiseImplicitly();
        machine.State = before;
    }

    public override Value? Member(Machine<PacketStates> machine, Value receiver, ISymbol member)
        => member is IPropertySymbol { Name: "IsDefault" } && Types.IsPacket(member.ContainingType) ? machine.NullTest(receiver) : null;

    public override void Execute(Machine<PacketStates> machine, IOperation operation)
    {
        Levels.Visit(machine, operation);
        _views.Visit(machine, operation);
        _slots.Visit(machine, operation);
        _members.CheckExternalData(machine, operation);
        switch (operation.Kind)
        {
            case OperationKind.Invocation:
                Invoke(machine, (IInvocationOperation)operation);
                break;
            case OperationKind.PropertyReference:
                var property = (IPropertyReferenceOperation)operation;
                _members.ReadProperty(machine, property);
                if (property is { Property: { IsIndexer: true, GetMethod: { } getter }, Instance: not null } && !IsTarget(property))
                {
                    _calls.Pass(machine, property, getter, CallArguments.Of(property, getter));
                }
                else if (ReadBlock(property) is { } read)
                {
                    _calls.Pass(machine, property, read.Getter, read.Arguments);
                }

                break;
            case OperationKind.CompoundAssignment when ((ICompoundAssignmentOperation)operation).Target.Type?.TypeKind == TypeKind.Delegate:
                _actions.HandOn(machine, machine.Operand(1), operation);
                break;
            case OperationKind.Binary or OperationKind.Unary or OperationKind.Conversion or OperationKind.CompoundAssignment or OperationKind.Increment or OperationKind.Decrement
                when AppliedOperator.Of(operation) is { } applied:
                _calls.Operate(machine, operation, applied);
                break;
            case OperationKind.YieldReturn:
                _actions.HandOn(machine, machine.Operand(0), operation);
                break;
            case OperationKind.EventAssignment when ((IEventAssignmentOperation)operation).Adds:
                _actions.HandOn(machine, machine.Operand(machine.OperandCount - 1), operation);
                break;
            case OperationKind.ObjectCreation when (IObjectCreationOperation)operation is { Constructor: { } constructor } creation:
                _calls.Pass(machine, creation, constructor, CallArguments.Of(creation));
                break;
            case OperationKind.SimpleAssignment:
                Assign(machine, (ISimpleAssignmentOperation)operation);
                break;
            case OperationKind.DeconstructionAssignment when machine.Operand(1) is Aggregate whole:
                var deconstruction = (IDeconstructionAssignmentOperation)operation;
                _moves.Deconstruct(machine, deconstruction.Target, whole, deconstruction.Value.Type, deconstruction);
                break;
            case OperationKind.ArrayInitializer or OperationKind.CollectionExpression:
                for (int i = 0; i < machine.OperandCount; i++)
                {
                    _actions.HandOn(machine, machine.Operand(i), operation);
                }

                break;
            case OperationKind.Await when Types.IsPendingPacket(operation.Type):
                if (PacketCalls.IsTakenAsync(((IAwaitOperation)operation).Operation))
                {
                    _actions.Take(machine, machine.Fresh(operation, null, isBoolean: false), operation);
                }

                break;
            case OperationKind.Await when _model.Parts.Has(operation.Type):
                _calls.TakeAwaited(machine, (IAwaitOperation)operation);
                break;
            case OperationKind.ExpressionStatement:
                _moves.Discard(machine, machine.Operand(0), ((IExpressionStatementOperation)operation).Operation);
                break;
        }
    }

    /// <summary>The getter that the reference to a property in an extension block calls, which is given the receiver like any other argument; null for any other reference.</summary>
    private static (IMethodSymbol Getter, CallArguments Arguments)? ReadBlock(IPropertyReferenceOperation property)
        => property.Instance is not null && ExtensionBlocks.Contain(property.Property) && !IsTarget(property) && property.Property.GetMethod is { } getter ? (getter, CallArguments.Of(property, getter)) : null;

    private void Assign(Machine<PacketStates> machine, ISimpleAssignmentOperation assignment)
    {
        if (assignment.Target is IPropertyReferenceOperation { Instance: { } receiver, Property: { SetMethod: { } setter } property } && ExtensionBlocks.Contain(property))
        {
            // The operand that the target is has no value: its receiver is given to the setter.
            if (machine.Program.PlaceOf(receiver) is { } place)
            {
                machine.SetOperand(0, machine.Read(place));
            }

            _calls.Pass(machine, assignment, setter, CallArguments.OfSetter(setter, receiver, assignment.Value));
            if (setter.DeclaringSyntaxReferences.Length > 0)
            {
                return;
            }
        }

        _kept.Assign(machine, assignment);
        _moves.Assign(machine, assignment);
    }

    /// <summary>A method that each value has.</summary>
    private static bool IsOfValue(IMethodSymbol method) => method.Name is "Equals" or "GetHashCode" or "ToString" or "GetType" or "CompareTo";

    private void Invoke(Machine<PacketStates> machine, IInvocationOperation invocation)
    {
        if (Watched is not null && SymbolEqualityComparer.Default.Equals(MethodBodies.Implementation(invocation.TargetMethod), Watched))
        {
            IsWatchedAtPassive |= Levels.MayBePassive(machine);
        }

        if (invocation.Instance is { Type: { } type } && machine.Operand(0) is Aggregate whole && _model.Parts.Has(type) && !IsOfValue(invocation.TargetMethod))
        {
            // What its own code does with its packets is not followed.
            _actions.HandOn(machine, whole, invocation);
        }

        if (!_members.Invoke(machine, invocation))
        {
            _calls.Pass(machine, invocation, invocation.TargetMethod, CallArguments.Of(invocation));
        }
    }
}
