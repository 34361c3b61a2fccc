using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Contracts;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Completion;

/// <summary>Elements of arrays and dictionaries that hold packets: each known by its collection and its index, until some call may change it.</summary>
internal sealed class PacketSlots(VmbusTypes types)
{
    private static readonly object SlotRead = new();

    private readonly List<Symbol> _slots = [];

    /// <summary>Lets reading an element yield the same value as long as nothing changes it.</summary>
    public void Visit(Machine<PacketStates> machine, IOperation operation)
    {
        switch (operation.Kind)
        {
            case OperationKind.ArrayElementReference when operation is IArrayElementReferenceOperation { Indices.Length: 1 } element && types.IsPendingPacket(element.Type):
                Read(machine, NameOf(element.ArrayReference), machine.Operand(1));
                break;
            case OperationKind.PropertyReference when operation is IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } instance, Arguments.Length: 1 } element
                && types.IsPendingPacket(element.Type) && element.Property.DeclaringSyntaxReferences.Length == 0:
                Read(machine, NameOf(instance), machine.Operand(1));
                break;
            case OperationKind.Invocation or OperationKind.ObjectCreation or OperationKind.Await when _slots.Count > 0 && CallEffects<PacketStates>.MayComeBack(machine, operation):
                foreach (Symbol slot in _slots)
                {
                    machine.Renew(slot);
                }

                break;
        }
    }

    /// <summary>The element gets another value: what was read before is an earlier one.</summary>
    public void Write(Machine<PacketStates> machine, IOperation target, Value? value)
    {
        if (target is not (IArrayElementReferenceOperation or IPropertyReferenceOperation) || machine.Operand(0) is not Symbol slot || !ReferenceEquals(slot.Origin, SlotRead))
        {
            return;
        }

        // Another index may be the same one.
        foreach (Symbol other in _slots)
        {
            if (ReferenceEquals(other.Detail, slot.Detail) && (ReferenceEquals(other, slot) || other.Left is not Constant || slot.Left is not Constant))
            {
                machine.Renew(other);
            }
        }

        if (value is not null && machine.IsNull(value) is { } isNull)
        {
            machine.Assume(machine.NullTest(slot), isNull);
        }
    }

    private void Read(Machine<PacketStates> machine, ISymbol? collection, Value? index)
    {
        if (collection is null || index is not (Constant or Symbol { Depth: < 3 }))
        {
            return;
        }

        Symbol slot = machine.Session.Values.Derived(SlotRead, collection, index, null, isBoolean: false);
        if (!_slots.Contains(slot))
        {
            _slots.Add(slot);
        }

        machine.Result = slot;
    }

    /// <summary>The variable that holds a collection; one that may be replaced by another collection is not followed.</summary>
    private static ISymbol? NameOf(IOperation collection) => collection switch
    {
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => field.Field,
        IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation, Property: { SetMethod: null } property } when PureMembers.IsAutomatic(property) => property,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };
}
