using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Contracts;
using Vmbus.Gen.Analyzers.Flow;
using Vmbus.Gen.Analyzers.Summaries;

namespace Vmbus.Gen.Analyzers.Completion;

/// <summary>Follows the packets that a function holds: who owes them, and what became of them.</summary>
internal sealed class PacketDomain(CompletionModel model, SummaryCache<PacketSummary>.Request summaries, bool collectsImplicitThrows) : FlowDomain<PacketStates>
{
    private const long StatusPending = 0x103;
    private const long LargestSuccess = 0x7FFFFFFF;
    private const PacketStatus Gone = PacketStatus.Retired | PacketStatus.Pended | PacketStatus.HandedOn | PacketStatus.Borrowed;

    private readonly Dictionary<int, PacketDuty> _duties = [];
    private readonly List<PacketFinding> _findings = [];

    /// <summary>The packets that were met, in the order in which their duties began.</summary>
    public IReadOnlyCollection<PacketDuty> Duties => _duties.Values;

    public IReadOnlyList<PacketFinding> Findings => _findings;

    /// <summary>The functions that escaped with a packet that they captured.</summary>
    public List<(Function Function, Place Place, PacketDuty Duty)> Escapes { get; } = [];

    /// <summary>The analysis that the domain belongs to.</summary>
    public FlowSession Session { get; set; } = null!;

    public override bool CollectsImplicitThrows => collectsImplicitThrows;

    private VmbusTypes Types => model.Contracts.Types;

    public override bool Tracks(ITypeSymbol type)
        => Types.IsPacket(type) || VmbusTypes.Same(Types.ExternalData, type) || (type is INamedTypeSymbol { IsTupleType: true } tuple && tuple.TupleElements.Any(e => Types.IsPacket(e.Type)));

    public override PacketStates Join(PacketStates left, PacketStates right) => left.Join(right, Session.Values);

    public override bool Holds(PacketStates state, Symbol symbol)
        => state.Of(symbol) != PacketStatus.None
            || (ValueAlgebra.IsNullTest(symbol) && symbol.Left is Symbol packet && state.Of(packet) != PacketStatus.None)
            || FirstDerived(state, symbol) is not null;

    public override PacketStates Rename(PacketStates state, Symbol from, Symbol to)
    {
        // What was read out of the earlier value is an earlier packet, too.
        while (FirstDerived(state, from) is { } derived)
        {
            state = RenameOne(state, derived, Session.Values.Earlier(derived));
        }

        return RenameOne(state, from, to);
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

    private PacketStates RenameOne(PacketStates state, Symbol from, Symbol to)
    {
        PacketStatus status = state.Of(from);
        if (status == PacketStatus.None)
        {
            return state;
        }

        state = state.Without(from);
        if ((status & PacketStatus.Owed) == 0)
        {
            return state;
        }

        if (_duties.TryGetValue(from.Id, out PacketDuty? duty) && !_duties.ContainsKey(to.Id))
        {
            _duties.Add(to.Id, duty);
        }

        return state.With(to, state.Of(to) | status);
    }

    public PacketDuty? DutyOf(int symbol) => _duties.TryGetValue(symbol, out PacketDuty? duty) ? duty : null;

    /// <summary>Lets a packet be followed from now on.</summary>
    public PacketDuty Begin(Symbol symbol, bool isInline, string name, Location? location, bool isOwn)
    {
        if (!_duties.TryGetValue(symbol.Id, out PacketDuty? duty))
        {
            duty = new PacketDuty(symbol, isInline) { Name = name, Location = location, IsOwn = isOwn };
            _duties.Add(symbol.Id, duty);
        }

        return duty;
    }

    public override bool MayThrow(Machine<PacketStates> machine, IOperation operation)
    {
        switch (operation)
        {
            case IInvocationOperation invocation when Types.IsPacket(invocation.TargetMethod.ContainingType):
                // An owed packet is completed without fail; one that is not, is reported where it stands.
                return false;
            case IPropertyReferenceOperation property when Types.IsPacket(property.Property.ContainingType):
                return false;
            case IInvocationOperation invocation when PacketTransfers.Of(invocation.TargetMethod) != PacketTransfer.None:
                // Putting a packet into a collection, or taking one out, is no reason to complete it in a handler around.
                return false;
            case IInvocationOperation invocation:
                return SummaryOf(machine, invocation.TargetMethod, invocation.Arguments, invocation.Instance is null ? 0 : 1) is null;
            default:
                return true;
        }
    }

    public override Value? Member(Machine<PacketStates> machine, Value receiver, ISymbol member)
        => member is IPropertySymbol { Name: "IsDefault" } && Types.IsPacket(member.ContainingType) ? machine.NullTest(receiver) : null;

    public override void Execute(Machine<PacketStates> machine, IOperation operation)
    {
        CheckExternalData(machine, operation);
        switch (operation)
        {
            case IInvocationOperation invocation:
                Invoke(machine, invocation);
                break;
            case IPropertyReferenceOperation property:
                ReadProperty(machine, property);
                break;
            case IObjectCreationOperation { Constructor: { } constructor } creation:
                Pass(machine, creation, constructor, creation.Arguments, 0);
                break;
            case ISimpleAssignmentOperation assignment:
                Assign(machine, assignment);
                break;
            case IDeconstructionAssignmentOperation deconstruction when machine.Operand(1) is Aggregate tuple:
                NameElements(deconstruction.Target, tuple);
                break;
            case IArrayInitializerOperation or ICollectionExpressionOperation:
                for (int i = 0; i < machine.OperandCount; i++)
                {
                    HandOn(machine, machine.Operand(i));
                }

                break;
            case IAwaitOperation { Operation: { } awaited } when Types.IsPendingPacket(operation.Type):
                if (IsTakenAsync(awaited))
                {
                    Take(machine, machine.Fresh(operation, null, isBoolean: false), operation);
                }

                break;
            case IExpressionStatementOperation statement:
                Discard(machine, machine.Operand(0), statement.Operation);
                break;
        }
    }

    /// <summary>External data is used where it may not be there yet.</summary>
    private void CheckExternalData(Machine<PacketStates> machine, IOperation operation)
    {
        if (operation is not (IInvocationOperation or IPropertyReferenceOperation or IObjectCreationOperation))
        {
            return;
        }

        for (int i = 0; i < machine.OperandCount; i++)
        {
            if (machine.Operand(i) is not Symbol { Kind: Flow.SymbolKind.Site, Detail: not null } data)
            {
                continue;
            }

            for (int p = 0; p < machine.State.Count; p++)
            {
                (int id, PacketStatus status) = machine.State[p];
                if ((status & PacketStatus.Awaiting) != 0 && DutyOf(id) is { ExternalDataCall: { } call } duty
                    && ReferenceEquals(call, data.Origin) && !ReferenceEquals(call, operation))
                {
                    Report(PacketRule.ExternalDataPending, duty, call, machine.Path);
                }
            }
        }
    }

    private void Report(PacketRule rule, PacketDuty duty, IOperation operation, PathStep? path)
    {
        Location location = operation.Syntax.GetLocation();
        if (!_findings.Exists(f => f.Rule == rule && f.Location == location))
        {
            _findings.Add(new PacketFinding(rule, duty, location, operation.Syntax, path, null));
        }
    }

    private PacketDuty DutyOrNew(Symbol symbol, IOperation operation)
        => Begin(symbol, Types.IsInlinePacket(operation.Type), operation.Syntax.ToString(), operation.Syntax.GetLocation(), isOwn: false);

    private void Invoke(Machine<PacketStates> machine, IInvocationOperation invocation)
    {
        IMethodSymbol method = invocation.TargetMethod;
        if (invocation.Instance is not null && Types.IsPacket(method.ContainingType))
        {
            InvokeOnPacket(machine, invocation);
            return;
        }

        if (method.Name == "IsSuccess" && invocation.Arguments.Length == 1 && VmbusTypes.Same(invocation.Arguments[0].Value.Type, Types.NtStatus)
            && machine.Operand(0) is { } status)
        {
            machine.Result = status switch
            {
                Symbol symbol => ValueAlgebra.In(symbol, IntervalSet.Between(long.MinValue, LargestSuccess)),
                Constant { IsNumber: true } constant => Constant.Of(constant.Number <= LargestSuccess),
                _ => null,
            };
            return;
        }

        Pass(machine, invocation, method, invocation.Arguments, invocation.Instance is null ? 0 : 1);
    }

    private void InvokeOnPacket(Machine<PacketStates> machine, IInvocationOperation invocation)
    {
        if (machine.Operand(0) is not Symbol packet)
        {
            if (invocation.TargetMethod.Name == "Pend")
            {
                BeginPended(machine, machine.Fresh(invocation, null, isBoolean: false), invocation);
            }

            return;
        }

        switch (invocation.TargetMethod.Name)
        {
            case "Complete" or "Fail" or "DeferToPassive":
                Retire(machine, packet, invocation);
                break;
            case "Pend":
                CheckGone(machine, packet, invocation);
                machine.State = machine.State.With(packet, PacketStatus.Pended);
                BeginPended(machine, machine.Fresh(invocation, null, isBoolean: false), invocation);
                break;
            case "GetExternalData":
                FetchExternalData(machine, packet, invocation);
                break;
        }
    }

    private void BeginPended(Machine<PacketStates> machine, Symbol pended, IOperation operation)
    {
        Take(machine, pended, operation);
        machine.AssumeNotNull(pended);
    }

    /// <summary>A value that the function now owes.</summary>
    private void Take(Machine<PacketStates> machine, Symbol packet, IOperation operation)
    {
        PacketDuty duty = Begin(packet, isInline: false, Shorten(operation.Syntax.ToString()), operation.Syntax.GetLocation(), isOwn: true);
        duty.IsOwn = true;
        machine.State = machine.State.With(packet, PacketStatus.Owed);
        machine.Result = packet;
    }

    private static string Shorten(string text)
    {
        text = string.Join(" ", text.Split([' ', '\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries));
        return text.Length > 40 ? text.Substring(0, 37) + "..." : text;
    }

    private void FetchExternalData(Machine<PacketStates> machine, Symbol packet, IInvocationOperation call)
    {
        PacketStatus status = machine.State.Of(packet);
        if (!Types.IsInlinePacket(call.TargetMethod.ContainingType) || (status & PacketStatus.Owed) == 0)
        {
            return;
        }

        PacketDuty duty = DutyOrNew(packet, call.Instance!);
        duty.ExternalDataCall = call;
        Symbol answer = machine.Fresh(call, null, isBoolean: false);
        Machine<PacketStates> pending = machine.Fork();
        pending.Constrain(answer, IntervalSet.Of(StatusPending));
        pending.State = pending.State.With(packet, PacketStatus.Awaiting);
        pending.Result = answer;
        machine.Constrain(answer, IntervalSet.Of(StatusPending).Complement());
        machine.Result = answer;
    }

    private void Retire(Machine<PacketStates> machine, Symbol packet, IOperation operation)
    {
        CheckGone(machine, packet, operation);
        machine.State = machine.State.With(packet, PacketStatus.Retired);
    }

    private void CheckGone(Machine<PacketStates> machine, Symbol packet, IOperation operation)
    {
        PacketStatus status = machine.State.Of(packet);
        if ((status & PacketStatus.Awaiting) != 0 && DutyOrNew(packet, operation) is { ExternalDataCall: { } call } waiting)
        {
            Report(PacketRule.ExternalDataPending, waiting, call, machine.Path);
        }

        if ((status & Gone) != 0)
        {
            Report(PacketRule.CompletedTwice, DutyOrNew(packet, operation), operation, machine.Path);
        }
    }

    private void ReadProperty(Machine<PacketStates> machine, IPropertyReferenceOperation reference)
    {
        IPropertySymbol property = reference.Property;
        if (reference.Instance is not null && Types.IsPacket(property.ContainingType) && machine.Operand(0) is { } receiver && property.Name == "IsDefault")
        {
            machine.Result = machine.NullTest(receiver);
        }
    }

    private void Assign(Machine<PacketStates> machine, ISimpleAssignmentOperation assignment)
    {
        Value? value = machine.Operand(1);
        IOperation target = assignment.Target;
        while (target is IFlowCaptureReferenceOperation capture && machine.Program.CapturedBy(capture.Id) is { } stands && !ReferenceEquals(stands, target))
        {
            target = stands;
        }

        switch (target)
        {
            case ILocalReferenceOperation local:
                Name(value, local.Local, assignment.Target.Syntax);
                Overwrite(machine, local, value, assignment);
                break;
            case IParameterReferenceOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out }:
                HandOn(machine, value);
                break;
            case IParameterReferenceOperation parameter:
                Overwrite(machine, parameter, value, assignment);
                break;
            case IFieldReferenceOperation or IPropertyReferenceOperation or IArrayElementReferenceOperation or IEventReferenceOperation:
                TakeFromReset(machine, target, value);
                HandOn(machine, value);
                break;
            case IDiscardOperation:
                Discard(machine, value, assignment);
                break;
        }
    }

    /// <summary>A field that is copied and then reset: the copy owes.</summary>
    private void TakeFromReset(Machine<PacketStates> machine, IOperation target, Value? value)
    {
        if (value is not Constant { IsNull: true } || !Types.IsPendingPacket(target.Type) || machine.Program.PlaceOf(target) is not { } place
            || machine.Read(place) is not Symbol held)
        {
            return;
        }

        for (int i = 0; i < machine.Environment.Count; i++)
        {
            Place copy = machine.Session.Places[machine.Environment.KeyAt(i)];
            if (ReferenceEquals(machine.Environment.ValueAt(i), held) && copy.Symbol is ILocalSymbol local)
            {
                PacketDuty duty = Begin(held, isInline: false, local.Name, local.Locations[0], isOwn: true);
                duty.IsOwn = true;
                machine.State = machine.State.With(held, PacketStatus.Owed);
                return;
            }
        }
    }

    private void Name(Value? value, ISymbol name, SyntaxNode target)
    {
        if (value is Symbol packet && _duties.TryGetValue(packet.Id, out PacketDuty? duty) && !duty.IsNamed && !duty.IsInline)
        {
            duty.IsNamed = true;
            duty.Name = name.Name;
            duty.Location = target switch
            {
                VariableDeclaratorSyntax declarator => declarator.Identifier.GetLocation(),
                SingleVariableDesignationSyntax designation => designation.Identifier.GetLocation(),
                DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax designation } => designation.Identifier.GetLocation(),
                _ => target.GetLocation(),
            };
        }
    }

    private void NameElements(IOperation target, Aggregate tuple)
    {
        if (target is IDeclarationExpressionOperation { Expression: { } declared })
        {
            target = declared;
        }

        if (target is ITupleOperation { Elements: var elements } && elements.Length == tuple.Elements.Length)
        {
            for (int i = 0; i < elements.Length; i++)
            {
                IOperation element = elements[i] is IDeclarationExpressionOperation { Expression: { } inner } ? inner : elements[i];
                if (element is ILocalReferenceOperation local)
                {
                    Name(tuple.Elements[i], local.Local, local.Syntax);
                }
            }
        }
    }

    /// <summary>A local that holds an owed packet gets another value, and nothing else holds the packet.</summary>
    private void Overwrite(Machine<PacketStates> machine, IOperation target, Value? value, IOperation assignment)
    {
        if (!Types.IsPendingPacket(target.Type) || machine.Program.PlaceOf(target) is not { } place || machine.Environment.Find(place.Id) is not Symbol lost
            || ReferenceEquals(lost, value) || machine.State.Of(lost) != PacketStatus.Owed || machine.IsNull(lost) == true)
        {
            return;
        }

        for (int i = 0; i < machine.Environment.Count; i++)
        {
            if (machine.Environment.KeyAt(i) != place.Id && machine.Environment.ValueAt(i).Mentions(lost))
            {
                return;
            }
        }

        if (value is not null && value.Mentions(lost))
        {
            return;
        }

        Report(PacketRule.Lost, DutyOrNew(lost, target), assignment, machine.Path);
        machine.State = machine.State.With(lost, PacketStatus.Unknown);
    }

    private void Discard(Machine<PacketStates> machine, Value? value, IOperation operation)
    {
        if (operation is ISimpleAssignmentOperation { Target: not IDiscardOperation } || value is not Symbol packet
            || machine.State.Of(packet) != PacketStatus.Owed || !_duties.TryGetValue(packet.Id, out PacketDuty? duty) || duty.IsInline || duty.IsNamed)
        {
            return;
        }

        for (int i = 0; i < machine.Environment.Count; i++)
        {
            if (machine.Environment.ValueAt(i).Mentions(packet))
            {
                return;
            }
        }

        Report(PacketRule.Lost, duty, operation, machine.Path);
        machine.State = machine.State.With(packet, PacketStatus.Unknown);
    }

    private void HandOn(Machine<PacketStates> machine, Value? value)
    {
        switch (value)
        {
            case Symbol packet when machine.State.Of(packet) != PacketStatus.None:
                machine.State = machine.State.With(packet, PacketStatus.HandedOn);
                break;
            case Aggregate tuple:
                foreach (Value element in tuple.Elements)
                {
                    HandOn(machine, element);
                }

                break;
            case Function function:
                HandOnCaptured(machine, function);
                break;
        }
    }

    /// <summary>A function that escapes takes the pended packets along that it captured.</summary>
    private void HandOnCaptured(Machine<PacketStates> machine, Function function)
    {
        foreach (Place place in machine.Program.CapturedPlaces(function))
        {
            if (machine.Environment.Find(place.Id) is Symbol packet && machine.State.Of(packet) != PacketStatus.None)
            {
                machine.State = machine.State.With(packet, PacketStatus.HandedOn);
                if (_duties.TryGetValue(packet.Id, out PacketDuty? duty) && !Escapes.Exists(e => e.Function.Equals(function) && ReferenceEquals(e.Place, place)))
                {
                    Escapes.Add((function, place, duty));
                }
            }
        }
    }

    /// <summary>A call that is given packets, or that gives one.</summary>
    private void Pass(
        Machine<PacketStates> machine,
        IOperation call,
        IMethodSymbol method,
        ImmutableArray<IArgumentOperation> arguments,
        int first)
    {
        if (SummaryOf(machine, method, arguments, first) is { } summary)
        {
            ApplyContracts(machine, call, method, arguments, first, onlyAttributes: true);
            Apply(machine, summary, call, method, arguments, first);
            return;
        }

        ApplyContracts(machine, call, method, arguments, first, onlyAttributes: false);
        if (InPlaceCalls.RunsInPlace(method) && call is IInvocationOperation && Enumerable.Range(0, machine.OperandCount).Select(machine.Operand).OfType<Function>().FirstOrDefault() is { } called)
        {
            // It may be called once, or not at all.
            Machine<PacketStates> uncalled = machine.Fork();
            if (!machine.Run(called, [], call))
            {
                uncalled.Stop();
            }

            return;
        }

        if (Types.IsPendingPacket(method.ReturnType) && call is IInvocationOperation)
        {
            Symbol result = machine.Fresh(call, null, isBoolean: false);
            machine.Result = result;
            bool isFramework = method.DeclaringSyntaxReferences.Length == 0 && IsFramework(method);
            if (!isFramework || (PacketTransfers.Of(method) & PacketTransfer.Take) != 0)
            {
                Take(machine, result, call);
            }
        }

        TakeOut(machine, call, method, arguments);
    }

    private static bool IsFramework(IMethodSymbol method)
        => method.ContainingNamespace is { IsGlobalNamespace: false } space && space.ToDisplayString().StartsWith("System", StringComparison.Ordinal);

    private void ApplyContracts(
        Machine<PacketStates> machine,
        IOperation call,
        IMethodSymbol method,
        ImmutableArray<IArgumentOperation> arguments,
        int first,
        bool onlyAttributes)
    {
        PacketTransfer transfer = onlyAttributes ? PacketTransfer.None : PacketTransfers.Of(method);
        for (int i = 0; i < arguments.Length; i++)
        {
            Value? value = machine.Operand(first + i);
            if (arguments[i].Parameter is not { } parameter || value is not (Symbol or Aggregate or Function))
            {
                continue;
            }

            if (value is Symbol packet && Types.IsPacket(parameter.Type))
            {
                switch (model.Contracts.KindOf(parameter))
                {
                    case PacketDutyKind.Completes:
                        Retire(machine, packet, call);
                        continue;
                    case PacketDutyKind.Borrows:
                        continue;
                }
            }

            if (onlyAttributes)
            {
                continue;
            }

            if (value is Function function)
            {
                if (!InPlaceCalls.RunsInPlace(method))
                {
                    HandOn(machine, function);
                }
            }
            else if ((transfer & PacketTransfer.Refuse) != 0 && machine.Result is null && CarriesPacket(machine, value))
            {
                Symbol accepted = machine.Fresh(call, null, isBoolean: true);
                Machine<PacketStates> refused = machine.Fork();
                refused.Constrain(accepted, IntervalSet.False);
                refused.Result = accepted;
                machine.Constrain(accepted, IntervalSet.True);
                machine.Result = accepted;
                HandOn(machine, value);
            }
            else if ((transfer & PacketTransfer.Store) != 0 || (call is IObjectCreationOperation && !HasBody(method)))
            {
                HandOn(machine, value);
            }
        }
    }

    private static bool CarriesPacket(Machine<PacketStates> machine, Value value) => value switch
    {
        Symbol symbol => machine.State.Of(symbol) != PacketStatus.None,
        Aggregate tuple => tuple.Elements.Any(e => CarriesPacket(machine, e)),
        _ => false,
    };

    private static bool HasBody(IMethodSymbol constructor)
        => constructor.DeclaringSyntaxReferences.Length == 1
            && constructor.DeclaringSyntaxReferences[0].GetSyntax() is ConstructorDeclarationSyntax;

    /// <summary>Packets that come out through <c>out</c> parameters: only where the call answers true, if it answers at all.</summary>
    private void TakeOut(Machine<PacketStates> machine, IOperation call, IMethodSymbol method, ImmutableArray<IArgumentOperation> arguments)
    {
        bool isFramework = method.DeclaringSyntaxReferences.Length == 0 && IsFramework(method);
        if (isFramework && (PacketTransfers.Of(method) & PacketTransfer.Take) == 0)
        {
            return;
        }

        foreach (IArgumentOperation argument in arguments)
        {
            if (argument.Parameter is not { RefKind: RefKind.Out } parameter || !Types.IsPendingPacket(parameter.Type) || machine.Program.TargetOf(argument.Value) is not { } place)
            {
                continue;
            }

            Symbol taken = machine.Fresh(call, parameter, isBoolean: false);
            if (method.ReturnType.SpecialType == SpecialType.System_Boolean)
            {
                Symbol answer = machine.Fresh(call, null, isBoolean: true);
                Machine<PacketStates> none = machine.Fork();
                none.Constrain(answer, IntervalSet.False);
                none.Write(place, Constant.Null);
                none.Result = answer;
                machine.Constrain(answer, IntervalSet.True);
                Take(machine, taken, argument.Value);
                machine.AssumeNotNull(taken);
                machine.Result = answer;
            }
            else
            {
                Value? result = machine.Result;
                Take(machine, taken, argument.Value);
                machine.Result = result;
            }

            machine.Write(place, taken);
            if (place.Symbol is ILocalSymbol local)
            {
                Name(taken, local, argument.Value.Syntax);
            }
            else
            {
                // Straight into a field or an array: nobody here owes it.
                HandOn(machine, taken);
            }

            return;
        }
    }

    private bool IsTakenAsync(IOperation awaited)
    {
        while (awaited is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "AsTask", Instance: { } inner })
        {
            awaited = inner;
        }

        return awaited is IInvocationOperation { TargetMethod: { } method }
            && (method.DeclaringSyntaxReferences.Length > 0 || !IsFramework(method) || (PacketTransfers.Of(method) & PacketTransfer.Take) != 0);
    }

    /// <summary>What a method of this compilation does with the packets of a call; null if the call has none, or the method no body.</summary>
    private PacketSummary? SummaryOf(Machine<PacketStates> machine, IMethodSymbol method, ImmutableArray<IArgumentOperation> arguments, int first)
    {
        if (method.DeclaringSyntaxReferences.Length == 0 || method.MethodKind == MethodKind.LocalFunction || method.IsAbstract)
        {
            return null;
        }

        bool concerns = Types.IsPendingPacket(method.ReturnType);
        for (int i = 0; i < arguments.Length && !concerns; i++)
        {
            concerns = arguments[i].Parameter is { } parameter && Types.IsPacket(parameter.Type)
                && (parameter.RefKind == RefKind.Out
                    || (machine.Operand(first + i) is Symbol packet && machine.State.Of(packet) != PacketStatus.None));
        }

        return concerns && model.HasGraph(method) ? summaries.Get(MethodBodies.Implementation(method)) : null;
    }

    private void Apply(
        Machine<PacketStates> machine,
        PacketSummary summary,
        IOperation call,
        IMethodSymbol method,
        ImmutableArray<IArgumentOperation> arguments,
        int first)
    {
        if (!summary.IsKnown)
        {
            for (int i = 0; i < arguments.Length; i++)
            {
                if (machine.Operand(first + i) is Symbol packet && machine.State.Of(packet) != PacketStatus.None)
                {
                    machine.State = machine.State.With(packet, PacketStatus.Unknown);
                }
            }

            return;
        }

        Symbol? result = method.ReturnsVoid ? null : machine.Fresh(call, null, method.ReturnType.SpecialType == SpecialType.System_Boolean);
        bool outcomesDiffer = summary.Outcomes.Count(static o => !o.Throws) > 1;
        foreach (PacketOutcome outcome in summary.Outcomes)
        {
            Machine<PacketStates> after = machine.Fork();
            for (int i = 0; i < arguments.Length; i++)
            {
                if (arguments[i].Parameter is { RefKind: not RefKind.Out } parameter && Types.IsPacket(parameter.Type) && machine.Operand(first + i) is Symbol packet
                    && model.Contracts.KindOf(parameter) == PacketDutyKind.None)
                {
                    ApplyStatus(after, packet, outcome.StatusOf(parameter.Ordinal), call, outcome.Throws);
                }
            }

            if (outcome.Throws)
            {
                after.RaiseImplicitly();
                after.Stop();
                continue;
            }

            if (outcomesDiffer)
            {
                after.Path = PathStep.Append(after.Path, PathStepKind.Outcome, call);
            }

            if (result is null)
            {
                continue;
            }

            after.Result = result;
            if ((outcome.Returns is { } numbers && !after.Constrain(result, numbers))
                || (outcome.ReturnsNull is { } isNull && !after.Assume(after.NullTest(result), isNull)))
            {
                after.Stop();
            }
            else if (outcome.ReturnsOwed)
            {
                Take(after, result, call);
            }
        }

        machine.Stop();
    }

    private void ApplyStatus(Machine<PacketStates> machine, Symbol packet, PacketStatus status, IOperation call, bool throws)
    {
        PacketStatus before = machine.State.Of(packet);
        if (before == PacketStatus.None || status is PacketStatus.None or PacketStatus.Owed)
        {
            return;
        }

        if ((before & Gone) != 0 && (status & PacketStatus.Owed) == 0)
        {
            if (!throws)
            {
                CheckGone(machine, packet, call);
            }

            return;
        }

        machine.State = machine.State.With(packet, status);
    }
}
