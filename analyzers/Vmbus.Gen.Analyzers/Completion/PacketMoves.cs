using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Contracts;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Completion;

/// <summary>Packets that are put somewhere: into locals, fields, arrays, or nowhere.</summary>
internal sealed class PacketMoves(VmbusTypes types, PacketLedger ledger, PacketActions actions, PacketSlots slots, PacketOverwrites overwrites)
{
    public void Assign(Machine<PacketStates> machine, ISimpleAssignmentOperation assignment)
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
                ledger.Name(value, local.Local, assignment.Target.Syntax);
                overwrites.Check(machine, HeldBy(machine, local), value, local, assignment);
                break;
            case IParameterReferenceOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out }:
                actions.HandOn(machine, value, assignment);
                break;
            case IParameterReferenceOperation parameter:
                overwrites.Check(machine, HeldBy(machine, parameter), value, parameter, assignment);
                break;
            case IFieldReferenceOperation or IPropertyReferenceOperation or IArrayElementReferenceOperation or IEventReferenceOperation:
                Replace(machine, target, value, assignment);
                actions.Store(machine, value, assignment, isToField: true);
                slots.Write(machine, target, value);
                break;
            case IDiscardOperation:
                Discard(machine, value, assignment);
                break;
        }
    }

    private static Value? HeldBy(Machine<PacketStates> machine, IOperation variable) => machine.Program.PlaceOf(variable) is { } place ? machine.Read(place) : null;

    /// <summary>A field or an element gets another value: a copy of what it held owes from now on; without one, what it is known to hold is lost.</summary>
    private void Replace(Machine<PacketStates> machine, IOperation target, Value? value, ISimpleAssignmentOperation assignment)
    {
        if (!types.IsPendingPacket(target.Type) || machine.Operand(0) is not Symbol held || ReferenceEquals(held, value) || machine.IsNull(held) == true)
        {
            return;
        }

        // Where rounds of a loop or paths were merged it may be more than placed; what is owed as well is found where the function is left.
        PacketStatus status = machine.State.Of(held);
        bool isPlaced = (status & (PacketStatus.Placed | PacketStatus.Owed)) == PacketStatus.Placed;
        Place? own = machine.Program.PlaceOf(target);
        bool isHeldElsewhere = false;
        for (int i = 0; i < machine.Environment.Count; i++)
        {
            Place copy = machine.Session.Places[machine.Environment.KeyAt(i)];
            if (ReferenceEquals(copy, own) || copy.Kind == PlaceKind.Capture || !machine.Environment.ValueAt(i).Holds(held))
            {
                continue;
            }

            if (copy.Symbol is ILocalSymbol local && (isPlaced || status is PacketStatus.None or PacketStatus.HandedOn))
            {
                PacketDuty duty = ledger.Begin(held, isInline: false, local.Name, local.Locations[0], isOwn: true);
                duty.IsOwn = true;
                machine.State = machine.State.With(held, PacketStatus.Owed);
                return;
            }

            isHeldElsewhere = true;
        }

        if (!isHeldElsewhere && (isPlaced || (status == PacketStatus.None && machine.IsNull(held) == false)))
        {
            string name = PathText.Shorten(target.Syntax);
            ledger.Report(PacketRule.Lost, new PacketDuty(held, isInline: false) { Name = name, IsNamed = true }, assignment, machine.Path);
            machine.State = machine.State.With(held, PacketStatus.Unknown);
        }
    }

    /// <summary>A value is taken apart: what gets a part names it, and a part that nothing gets is lost.</summary>
    public void Deconstruct(Machine<PacketStates> machine, IOperation target, Value? value, ITypeSymbol? type, IOperation by)
    {
        target = target is IDeclarationExpressionOperation { Expression: { } declared } ? declared : target;
        switch (target)
        {
            case ITupleOperation tuple when value is Aggregate whole:
                ImmutableArray<Value?> elements = Deconstruction.Of(whole, type, tuple.Elements.Length);
                if (elements.IsEmpty)
                {
                    // Its own code takes it apart.
                    actions.HandOn(machine, whole, by);
                }

                for (int i = 0; i < elements.Length; i++)
                {
                    Deconstruct(machine, tuple.Elements[i], elements[i], tuple.Elements[i].Type, by);
                }

                break;
            case ILocalReferenceOperation local:
                ledger.Name(value, local.Local, local.Syntax);
                break;
            case IDiscardOperation:
                Discard(machine, value, by);
                break;
        }
    }

    public void Discard(Machine<PacketStates> machine, Value? value, IOperation operation)
    {
        if (value is Aggregate whole)
        {
            foreach (Value element in whole.Elements)
            {
                Discard(machine, element, operation);
            }

            return;
        }

        if (operation is ISimpleAssignmentOperation { Target: not IDiscardOperation } || value is not Symbol packet
            || machine.State.Of(packet) != PacketStatus.Owed || ledger.DutyOf(packet.Id) is not { IsInline: false, IsNamed: false } duty)
        {
            return;
        }

        for (int i = 0; i < machine.Environment.Count; i++)
        {
            if (machine.Environment.ValueAt(i).Holds(packet))
            {
                return;
            }
        }

        ledger.Report(PacketRule.Lost, duty, operation, machine.Path);
        machine.State = machine.State.With(packet, PacketStatus.Unknown);
    }
}
