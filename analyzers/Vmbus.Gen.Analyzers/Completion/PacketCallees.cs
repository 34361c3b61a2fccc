using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Contracts;
using Vmbus.Gen.Analyzers.Flow;
using Vmbus.Gen.Analyzers.Summaries;

namespace Vmbus.Gen.Analyzers.Completion;

/// <summary>Methods of this compilation that are judged by their bodies.</summary>
internal sealed class PacketCallees(
    CompletionModel model,
    SummaryCache<PacketSummary>.Request summaries,
    PacketActions actions,
    PacketLedger ledger,
    ViewUses uses,
    KeptViews kept,
    PacketOverwrites overwrites)
{
    /// <summary>Tells the packet that a call loses from what it yields.</summary>
    private static readonly object Lost = new();

    /// <summary>What a method of this compilation does with the packets of a call; null if the call has none, or the method no body.</summary>
    public PacketSummary? SummaryOf(Machine<PacketStates> machine, IOperation call, IMethodSymbol method, CallArguments arguments)
    {
        if (method.DeclaringSyntaxReferences.Length == 0 || method.MethodKind == MethodKind.LocalFunction || method.IsAbstract)
        {
            return null;
        }

        bool concerns = model.Contracts.Types.IsPendingPacket(method.ReturnType);
        for (int i = 0; i < arguments.Count && !concerns; i++)
        {
            concerns = arguments.Parameter(i) is { } parameter && model.Contracts.Types.IsPacket(parameter.Type)
                && (parameter.RefKind == RefKind.Out
                    || (arguments.Operand(machine, i) is Symbol packet && machine.State.Of(packet) != PacketStatus.None));
        }

        return concerns && model.HasGraph(method) ? SummaryOfAll(method, call) : null;
    }

    /// <summary>A method of this compilation that is given no packet may have one of its own when something that it calls throws: who catches that has lost it.</summary>
    public void RaiseLoss(Machine<PacketStates> machine, IOperation call, IMethodSymbol? method)
    {
        if (method is not { DeclaringSyntaxReferences: [var declaration, ..], IsAbstract: false } || method.MethodKind == MethodKind.LocalFunction
            || !model.MayConcern(method, declaration.SyntaxTree) || !model.HasGraph(method) || !SummaryOfAll(method, call).MayLoseOwn)
        {
            return;
        }

        Lose(machine.Fork(), call, method);
    }

    /// <summary>Ends a path with the exception that leaves a method while it owes a packet of its own.</summary>
    private void Lose(Machine<PacketStates> machine, IOperation call, IMethodSymbol method)
    {
        Symbol lost = machine.Fresh(call, Lost, isBoolean: false);
        ledger.Begin(lost, isInline: false, $"a packet of {method.Name}", call.Syntax.GetLocation(), isOwn: true);
        machine.State = machine.State.With(lost, PacketStatus.Owed);
        machine.RaiseImplicitly();
        machine.Stop();
    }

    /// <summary>A virtual call does what any of the methods does that it may reach.</summary>
    private PacketSummary SummaryOfAll(IMethodSymbol method, IOperation call)
    {
        PacketSummary summary = summaries.Get(MethodBodies.Implementation(method));
        if (call is IInvocationOperation { IsVirtual: true })
        {
            foreach (IMethodSymbol other in model.Flow.Overrides.Of(method))
            {
                summary = summary.Or(summaries.Get(other));
            }
        }

        return summary;
    }

    /// <summary>What a method of this compilation does with the memory that it is given a view of.</summary>
    public void LendViews(Machine<PacketStates> machine, IOperation call, IMethodSymbol method, CallArguments arguments)
    {
        if (method.DeclaringSyntaxReferences.Length == 0 || method.MethodKind == MethodKind.LocalFunction || method.IsAbstract
            || !MayMatter(machine, method, arguments) || !model.HasGraph(method))
        {
            return;
        }

        ViewSummary summary = summaries.Get(MethodBodies.Implementation(method)).Views;
        uses.Apply(machine, summary, call, arguments);
        for (int i = 0; i < arguments.Count; i++)
        {
            int ordinal = arguments.Ordinal(i);
            if (ordinal < 0)
            {
                continue;
            }

            ulong bit = ordinal < 64 ? 1UL << ordinal : 0;
            ImmutableArray<ViewRoot> roots = RootsOf(machine, arguments, ordinal);
            if ((summary.Retains & bit) != 0)
            {
                kept.Report(machine, call, roots);
            }

            if ((summary.Returns & bit) != 0 && !uses.IsLate(machine, roots))
            {
                Symbol view = machine.Session.Values.Site(call, null, isBoolean: false);
                ledger.Views.Add(view, roots);
                if (call.Kind == OperationKind.PropertyReference)
                {
                    // What the engine makes of a property is another value.
                    machine.Result = view;
                }
            }

            foreach ((int output, int source) in summary.Outputs)
            {
                if (output == ordinal && machine.Program.TargetOf(arguments.Source(i)) is { } place)
                {
                    ledger.Views.Add(machine.Session.Values.Site(call, output, place.IsBoolean), RootsOf(machine, arguments, source));
                }
            }
        }
    }

    /// <summary>Whether the body has to be looked at: a view is given away late, may be kept, or comes back.</summary>
    private bool MayMatter(Machine<PacketStates> machine, IMethodSymbol method, CallArguments arguments)
    {
        bool isGiven = false;
        for (int i = 0; i < arguments.Count; i++)
        {
            if (arguments.Operand(machine, i) is not Symbol value)
            {
                continue;
            }

            if (machine.State.Of(value) != PacketStatus.None)
            {
                return true;
            }

            if (ledger.Views.Of(value) is { IsEmpty: false } roots)
            {
                if (uses.IsLate(machine, roots) || ledger.Recorder is not null)
                {
                    return true;
                }

                isGiven = true;
            }
        }

        return isGiven && (method.RefKind != RefKind.None || ViewTypes.CanView(method.ReturnType, model.Contracts.Types)
            || MethodParameters.Of(method).Any(static p => p is { RefKind: RefKind.Ref or RefKind.Out, Type: { } type } && ViewTypes.IsUnchecked(type))
            || model.MayKeepAddresses(method));
    }

    private ImmutableArray<ViewRoot> RootsOf(Machine<PacketStates> machine, CallArguments arguments, int ordinal)
        => arguments.ValueFor(machine, ordinal) is not Symbol value ? []
            : machine.State.Of(value) != PacketStatus.None ? [new ViewRoot(value, ViewKind.Buffer)]
            : ledger.Views.Of(value);

    public void Apply(
        Machine<PacketStates> machine,
        PacketSummary summary,
        IOperation call,
        IMethodSymbol method,
        CallArguments arguments)
    {
        if (!summary.IsKnown)
        {
            for (int i = 0; i < arguments.Count; i++)
            {
                if (arguments.Operand(machine, i) is Symbol packet && machine.State.Of(packet) != PacketStatus.None)
                {
                    machine.State = machine.State.With(packet, PacketStatus.Unknown);
                }
            }

            return;
        }

        CheckEnds(machine, summary, call, arguments);
        Symbol? result = method.ReturnsVoid ? null : machine.Fresh(call, null, method.ReturnType.SpecialType == SpecialType.System_Boolean);
        bool outcomesDiffer = summary.Outcomes.Count(static o => !o.Throws) > 1;
        bool hidesExceptions = method.IsAsync && !PacketCalls.IsAwaited(call);
        foreach (PacketOutcome outcome in summary.Outcomes)
        {
            if (hidesExceptions && outcome is { Throws: true, LosesOwn: false })
            {
                // The exception goes into a task that nobody here waits for.
                continue;
            }

            Machine<PacketStates> after = machine.Fork();
            bool isPossible = true;
            for (int i = 0; i < arguments.Count; i++)
            {
                if (arguments.Parameter(i) is { RefKind: not RefKind.Out } parameter && model.Contracts.Types.IsPacket(parameter.Type) && arguments.Operand(machine, i) is Symbol packet
                    && model.Contracts.KindOf(parameter) == PacketDutyKind.None)
                {
                    int ordinal = arguments.Ordinal(i);
                    if (outcome.IsDefault(ordinal))
                    {
                        isPossible &= after.Assume(after.NullTest(packet), sense: true);
                    }

                    if (outcome.Throws || !outcome.ComesBack(ordinal))
                    {
                        ApplyStatus(after, packet, outcome.StatusOf(ordinal), call, outcome.Throws);
                    }
                }
            }

            if (!isPossible)
            {
                after.Stop();
                continue;
            }

            if (outcome.Throws)
            {
                Throw(after, outcome, call, method);
                continue;
            }

            if (outcomesDiffer)
            {
                after.Path = PathStep.Append(after.Path, KindOf(outcome, method), call);
            }

            Symbol? inline = outcome.Pended == 0 ? null : PendedBy(machine, outcome, arguments);
            TakeOutputs(after, outcome, call, arguments, inline);
            if (result is null)
            {
                continue;
            }

            if (outcome.SourceOf(PacketOutcome.ReturnSlot) is >= 0 and int source && arguments.ValueFor(machine, source) is { } returned)
            {
                after.Result = returned;
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
                actions.Take(after, result, call);
                if (inline is not null && (outcome.Pended & PacketOutcome.ReturnBit) != 0)
                {
                    ledger.Pend(inline, result);
                }
            }
        }

        machine.Stop();
    }

    /// <summary>What is ended already is ended once more on a path that never comes back, too.</summary>
    private void CheckEnds(Machine<PacketStates> machine, PacketSummary summary, IOperation call, CallArguments arguments)
    {
        for (int i = 0; i < arguments.Count; i++)
        {
            int ordinal = arguments.Ordinal(i);
            if (arguments.Parameter(i) is not { RefKind: not RefKind.Out } || arguments.Operand(machine, i) is not Symbol packet || !summary.Ends(ordinal))
            {
                continue;
            }

            ledger.Recorder?.End(packet);
            PacketStatus before = machine.State.Of(packet);
            if (!summary.Outcomes.Any(o => !o.Throws && PacketActions.IsGone(o.StatusOf(ordinal)) && EndsAgain(packet, before, o.StatusOf(ordinal))))
            {
                actions.CheckGone(machine, packet, call);
            }
        }
    }

    /// <summary>Whether what is awaited is the task of an async method that is judged by its body, and given packets.</summary>
    public bool IsAwaitedWithPackets(IAwaitOperation awaiting)
        => PacketCalls.Awaited(awaiting.Operation) is IInvocationOperation { TargetMethod: { IsAsync: true, MethodKind: MethodKind.Ordinary } method }
            && MethodParameters.Of(method).Any(p => model.Contracts.Types.IsPacket(p.Type)) && model.HasGraph(method);

    private void Throw(Machine<PacketStates> machine, PacketOutcome outcome, IOperation call, IMethodSymbol method)
    {
        if (outcome.LosesOwn)
        {
            Lose(machine, call, method);
            return;
        }

        machine.RaiseImplicitly();
        machine.Stop();
    }

    /// <summary>What tells the outcome from the others: what the call returns, or else what becomes of a packet.</summary>
    private PathStepKind KindOf(PacketOutcome outcome, IMethodSymbol method)
    {
        if (outcome.Returns is { } numbers && method.ReturnType.SpecialType == SpecialType.System_Boolean && numbers.Contains(0) != numbers.Contains(1))
        {
            return numbers.Contains(1) ? PathStepKind.ReturnsTrue : PathStepKind.ReturnsFalse;
        }

        if (outcome.ReturnsNull is { } isNull && (isNull || outcome.ReturnsOwed))
        {
            return isNull ? PathStepKind.ReturnsNull : PathStepKind.ReturnsValue;
        }

        bool leaves = MethodParameters.Of(method).Any(p => model.Contracts.Types.IsPacket(p.Type) && (outcome.StatusOf(MethodParameters.OrdinalOf(p)) & PacketStatus.Owed) != 0);
        return leaves ? PathStepKind.DoesNot : PathStepKind.Does;
    }

    /// <summary>The inline packet that a call pends.</summary>
    private Symbol? PendedBy(Machine<PacketStates> machine, PacketOutcome outcome, CallArguments arguments)
    {
        for (int i = 0; i < arguments.Count; i++)
        {
            if (arguments.Parameter(i) is { } parameter && model.Contracts.Types.IsInlinePacket(parameter.Type) && outcome.StatusOf(arguments.Ordinal(i)) == PacketStatus.Pended)
            {
                return arguments.Operand(machine, i) as Symbol;
            }
        }

        return null;
    }

    /// <summary>The packets that a call puts out, where it ends in this way.</summary>
    private void TakeOutputs(Machine<PacketStates> machine, PacketOutcome outcome, IOperation call, CallArguments arguments, Symbol? inline)
    {
        for (int i = 0; i < arguments.Count; i++)
        {
            int ordinal = arguments.Ordinal(i);
            if (arguments.Parameter(i) is not { RefKind: RefKind.Ref or RefKind.Out } parameter || ordinal >= PacketOutcome.MaximumOutputs || !model.Contracts.Types.IsPendingPacket(parameter.Type)
                || machine.Program.TargetOf(arguments.Source(i)) is not { } place)
            {
                continue;
            }

            IOperation argument = arguments.Source(i);
            ulong bit = 1UL << ordinal;
            if (((outcome.EmptyOutputs | outcome.OwedOutputs) & bit) != 0)
            {
                overwrites.Check(machine, arguments.Operand(machine, i), null, argument, call);
            }

            if (ordinal < PacketOutcome.ReturnSlot && outcome.SourceOf(ordinal) is >= 0 and int source && arguments.ValueFor(machine, source) is { } same)
            {
                machine.Write(place, same);
            }
            else if ((outcome.EmptyOutputs & bit) != 0)
            {
                machine.Write(place, Constant.Null);
            }
            else if ((outcome.OwedOutputs & bit) != 0)
            {
                Symbol taken = machine.Session.Values.Site(call, ordinal, isBoolean: false);
                machine.Write(place, taken);
                Value? result = machine.Result;
                actions.Take(machine, taken, argument);
                machine.Result = result;
                machine.AssumeNotNull(taken);
                if (inline is not null && (outcome.Pended & bit) != 0)
                {
                    ledger.Pend(inline, taken);
                }

                if (place.Symbol is ILocalSymbol local)
                {
                    ledger.Name(taken, local, argument.Syntax);
                }
                else
                {
                    actions.HandOn(machine, taken, call, isToField: true);
                }
            }
            else if (parameter.RefKind == RefKind.Ref && arguments.Operand(machine, i) is { } kept)
            {
                machine.Write(place, kept);
            }
        }
    }

    /// <summary>An operator or a conversion that the project defines is a call, too.</summary>
    public void Operate(Machine<PacketStates> machine, IOperation operation, IMethodSymbol method, CallArguments arguments)
    {
        bool concerns = false;
        for (int i = 0; i < arguments.Count; i++)
        {
            concerns |= JudgedByBody(machine, arguments, i) is not null;
        }

        if (!concerns || !model.HasGraph(method))
        {
            return;
        }

        foreach (PacketOutcome outcome in summaries.Get(MethodBodies.Implementation(method)).Outcomes)
        {
            Machine<PacketStates> after = machine.Fork();
            for (int i = 0; i < arguments.Count; i++)
            {
                if (JudgedByBody(machine, arguments, i) is { } packet)
                {
                    ApplyStatus(after, packet, outcome.StatusOf(arguments.Ordinal(i)), operation, outcome.Throws);
                }
            }

            if (outcome.Throws)
            {
                Throw(after, outcome, operation, method);
            }
        }

        machine.Stop();
    }

    /// <summary>The packet that is passed for a parameter that says nothing of who owes it.</summary>
    private Symbol? JudgedByBody(Machine<PacketStates> machine, CallArguments arguments, int index)
        => arguments.Operand(machine, index) is Symbol packet && machine.State.Of(packet) != PacketStatus.None
            && arguments.Parameter(index) is { } parameter && model.Contracts.KindOf(parameter) == PacketDutyKind.None
                ? packet
                : null;

    /// <summary>Whether a packet that is gone is ended once more. A pended one may stand in two stores at once; two functions that run later both end it.</summary>
    private bool EndsAgain(Symbol packet, PacketStatus before, PacketStatus status)
        => !actions.IsStoredOnly(packet, before) || !actions.IsStoredOnly(packet, status) || (before & status & PacketStatus.Captured) != 0;

    private void ApplyStatus(Machine<PacketStates> machine, Symbol packet, PacketStatus status, IOperation call, bool throws)
    {
        PacketStatus before = machine.State.Of(packet);
        if (before == PacketStatus.None || status is PacketStatus.None or PacketStatus.Owed)
        {
            return;
        }

        if ((before & PacketStatus.Awaiting) != 0 && !throws)
        {
            // Its external data may still be to come: the helper goes on.
            actions.CheckGone(machine, packet, call);
        }
        else if (PacketActions.IsGone(before) && (status & PacketStatus.Owed) == 0 && (before, status) != (PacketStatus.Borrowed, PacketStatus.Awaiting))
        {
            if (!throws && EndsAgain(packet, before, status))
            {
                actions.CheckGone(machine, packet, call);
            }

            machine.State = machine.State.With(packet, before | (status & (PacketStatus.Captured | PacketStatus.Retired)));
            return;
        }

        if ((status & PacketStatus.Retired) != 0)
        {
            actions.NoteCompletion(packet, call);
        }

        if ((status & PacketStatus.Awaiting) != 0 && ledger.DutyOf(packet.Id) is { } duty)
        {
            duty.ExternalDataCall = call;
        }

        machine.State = machine.State.With(packet, status);
    }
}
