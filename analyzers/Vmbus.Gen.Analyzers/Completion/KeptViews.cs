using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Completion;

/// <summary>Views that are put where they outlive the callback; a field that is reset on every way out keeps nothing.</summary>
internal sealed class KeptViews(PacketLedger ledger)
{
    private static readonly object Slot = new();

    private readonly Dictionary<int, Store> _stores = [];

    public void Assign(Machine<PacketStates> machine, ISimpleAssignmentOperation assignment)
    {
        IOperation target = assignment.Target;
        while (target is IFlowCaptureReferenceOperation capture && machine.Program.CapturedBy(capture.Id) is { } stands && !ReferenceEquals(stands, target))
        {
            target = stands;
        }

        ImmutableArray<ViewRoot> roots = ViewTypes.IsUnchecked(assignment.Value.Type) || assignment.IsRef ? ledger.Views.Of(machine.Operand(1)) : [];
        switch (target)
        {
            case IFieldReferenceOperation or IPropertyReferenceOperation:
                Forget(machine, target);
                if (!roots.IsEmpty)
                {
                    Keep(machine, assignment, target, roots);
                }

                break;
            case IArrayElementReferenceOperation when !roots.IsEmpty:
                Report(machine, assignment, roots);
                break;
            case { Kind: OperationKind.None, Type: not null } when !roots.IsEmpty:
                // Through a pointer: where it leads is not known.
                Report(machine, assignment, roots);
                break;
            case IParameterReferenceOperation { Parameter: { RefKind: RefKind.Ref or RefKind.Out } parameter } when !roots.IsEmpty:
                foreach (ViewRoot root in roots)
                {
                    ledger.Recorder?.Output(parameter, root.Packet);
                }

                break;
        }
    }

    /// <summary>Something keeps the value: a collection, or the function that captured it.</summary>
    public void Report(Machine<PacketStates> machine, IOperation store, ImmutableArray<ViewRoot> roots) => Report(store, roots, machine.Path);

    /// <summary>At an exit: the fields that still hold a view.</summary>
    public void Leave(PacketStates state, PathStep? path)
    {
        for (int i = 0; i < state.Count; i++)
        {
            if ((state[i].Status & PacketStatus.Kept) != 0 && _stores.TryGetValue(state[i].Symbol, out Store? store))
            {
                Report(store.Operation, store.Roots, path);
            }
        }
    }

    private void Report(IOperation store, ImmutableArray<ViewRoot> roots, PathStep? path)
    {
        foreach (ViewRoot root in roots)
        {
            ledger.Recorder?.Retain(root.Packet);
            if (ledger.DutyOf(root.Packet.Id) is { IsInline: true, IsCallers: false } duty)
            {
                ledger.Report(PacketRule.KeptBeyondCallback, duty, store, path);
            }
        }
    }

    private void Keep(Machine<PacketStates> machine, ISimpleAssignmentOperation assignment, IOperation target, ImmutableArray<ViewRoot> roots)
    {
        IOperation owner = target;
        while (owner is IFieldReferenceOperation { Instance: { Type.IsValueType: true } instance })
        {
            owner = instance;
        }

        switch (owner)
        {
            case ILocalReferenceOperation local:
                // A structure on the stack ends with the function; it is a view itself from now on.
                if (machine.Program.PlaceOf(local) is { } place)
                {
                    ledger.Views.Add(machine.Session.Values.Site(assignment, place, place.IsBoolean), roots);
                }

                return;
            case IParameterReferenceOperation { Parameter.RefKind: RefKind.None }:
                return;
            case IParameterReferenceOperation { Parameter: { } parameter }:
                foreach (ViewRoot root in roots)
                {
                    ledger.Recorder?.Output(parameter, root.Packet);
                }

                return;
        }

        Symbol kept = machine.Session.Values.Site(assignment, Slot, isBoolean: false);
        _stores[kept.Id] = new Store(assignment, MemberOf(target)!, ReceiverOf(target), roots);
        machine.State = machine.State.With(kept, PacketStatus.Kept);
    }

    /// <summary>The field gets another value.</summary>
    private void Forget(Machine<PacketStates> machine, IOperation target)
    {
        for (int i = machine.State.Count - 1; i >= 0; i--)
        {
            if ((machine.State[i].Status & PacketStatus.Kept) != 0 && _stores.TryGetValue(machine.State[i].Symbol, out Store? store)
                && SymbolEqualityComparer.Default.Equals(store.Member, MemberOf(target)) && store.Receiver == ReceiverOf(target))
            {
                machine.State = machine.State.Without(machine.Session.Values[machine.State[i].Symbol]);
            }
        }
    }

    private static ISymbol? MemberOf(IOperation target) => (target as IMemberReferenceOperation)?.Member;

    private static string ReceiverOf(IOperation target) => (target as IMemberReferenceOperation)?.Instance is { } instance and not IInstanceReferenceOperation ? instance.Syntax.ToString() : "";

    private sealed record Store(IOperation Operation, ISymbol Member, string Receiver, ImmutableArray<ViewRoot> Roots);
}
