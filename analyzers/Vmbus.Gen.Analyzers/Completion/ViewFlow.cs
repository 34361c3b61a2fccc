using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Contracts;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Completion;

/// <summary>Follows views from the members that give them through slices, casts, references and pointers to where they are read.</summary>
internal sealed class ViewFlow(VmbusTypes types, PacketLedger ledger, ViewUses uses)
{
    private PacketViews Views => ledger.Views;

    /// <summary>Before the operation takes effect: what it reads, and what views it yields.</summary>
    public void Visit(Machine<PacketStates> machine, IOperation operation)
    {
        switch (operation.Kind)
        {
            case OperationKind.PropertyReference:
                var member = (IPropertyReferenceOperation)operation;
                if (member.Instance is not null && types.IsPacket(member.Property.ContainingType) && machine.Operand(0) is Symbol receiver)
                {
                    ReadMember(machine, member, receiver);
                    return;
                }

                break;
            case OperationKind.Invocation:
                if (operation is IInvocationOperation { Instance: not null, TargetMethod: { Name: "GetExternalData", ContainingType: { } type } }
                    && types.IsPacket(type) && machine.Operand(0) is Symbol packet)
                {
                    uses.ReadPacket(machine, packet, operation);
                    return;
                }

                break;
        }

        if (!Views.IsEmpty)
        {
            Follow(machine, operation);
        }
    }

    private void Follow(Machine<PacketStates> machine, IOperation operation)
    {
        switch (operation.Kind)
        {
            case OperationKind.PropertyReference when (IPropertyReferenceOperation)operation is { Instance: not null } property:
                ReadProperty(machine, property, Views.Of(machine.Operand(0)));
                break;
            case OperationKind.FieldReference when (IFieldReferenceOperation)operation is { Instance: not null } field && ViewTypes.CanView(field.Type, types):
                Yield(machine, operation, Views.Of(machine.Operand(0)));
                break;
            case OperationKind.ImplicitIndexerReference:
                Index(machine, (IImplicitIndexerReferenceOperation)operation, Views.Of(machine.Operand(0)));
                break;
            case OperationKind.Invocation:
                Invoke(machine, (IInvocationOperation)operation);
                break;
            case OperationKind.ObjectCreation when ViewTypes.CanView(operation.Type, types):
                Yield(machine, operation, OfArguments(machine, ((IObjectCreationOperation)operation).Arguments, 0));
                break;
            case OperationKind.Conversion when ViewTypes.CanView(operation.Type, types) && !Views.Of(machine.Operand(0)).IsEmpty:
                machine.Result = machine.Operand(0);
                break;
            case OperationKind.Binary when ViewTypes.CanView(operation.Type, types):
                Yield(machine, operation, Views.Of(machine.Operand(0)).AddRange(Views.Of(machine.Operand(1))));
                break;
            case OperationKind.AddressOf:
                Yield(machine, operation, Views.Of(machine.Operand(0)));
                break;
            case OperationKind.IsPattern when ((IIsPatternOperation)operation).Value.Type is { } tested && ViewTypes.CanView(tested, types):
                uses.Look(machine, Views.Of(machine.Operand(0)), operation);
                break;
            case OperationKind.ParameterReference when ((IParameterReferenceOperation)operation).Parameter is { RefKind: not (RefKind.None or RefKind.Out) } parameter:
                ReadReference(machine, operation, machine.Read(machine.Session.Places.Parameter(parameter)));
                break;
            case OperationKind.LocalReference when ((ILocalReferenceOperation)operation).Local is { IsRef: true } local:
                ReadReference(machine, operation, machine.Environment.Find(machine.Session.Places.Local(local).Id));
                break;
            case OperationKind.None when machine.OperandCount > 0:
                // Pointers have no operations of their own in the public model.
                Dereference(machine, operation, Views.Of(machine.Operand(0)));
                break;
            case OperationKind.SimpleAssignment when (ISimpleAssignmentOperation)operation is { IsRef: true } assignment:
                // The target refers to what the value names, whatever the value is at the moment.
                AssignReference(machine, assignment);
                break;
        }
    }

    /// <summary>The packets that a call's arguments look into.</summary>
    public ImmutableArray<ViewRoot> OfArguments(Machine<PacketStates> machine, ImmutableArray<IArgumentOperation> arguments, int first)
    {
        ImmutableArray<ViewRoot> roots = [];
        for (int i = 0; i < arguments.Length; i++)
        {
            if (ViewTypes.CanView(arguments[i].Value.Type, types) || IsReference(arguments[i].Value))
            {
                roots = roots.AddRange(Views.Of(machine.Operand(first + i)));
            }
        }

        return roots;
    }

    /// <summary>Whether an expression names a variable that refers into a packet, and is not a value of its own.</summary>
    public static bool IsReference(IOperation operation) => operation switch
    {
        IParameterReferenceOperation { Parameter.RefKind: not (RefKind.None or RefKind.Out) } => true,
        ILocalReferenceOperation { Local.IsRef: true } => true,
        IFieldReferenceOperation { Instance: { Type.IsValueType: true } instance } => IsReference(instance),
        IPropertyReferenceOperation { Property.RefKind: not RefKind.None } => true,
        IInvocationOperation { TargetMethod.RefKind: not RefKind.None } => true,
        IImplicitIndexerReferenceOperation { IndexerSymbol: IPropertySymbol { RefKind: not RefKind.None } } => true,
        { Kind: OperationKind.None, ChildOperations.Count: > 0 } => operation.Type is { TypeKind: not TypeKind.Pointer },
        _ => false,
    };

    private void ReadMember(Machine<PacketStates> machine, IPropertyReferenceOperation reference, Symbol packet)
    {
        string name = reference.Property.Name;
        if (name == "IsDefault")
        {
            return;
        }

        bool isLate = uses.ReadPacket(machine, packet, reference);
        if (name is "Buffer" or "BufferMemory" or "ClientContext")
        {
            machine.Result = MemberOf(machine, reference, packet, isLate);
            if (!isLate)
            {
                Views.Add((Symbol)machine.Result, new ViewRoot(packet, ViewKind.Buffer));
            }
        }
    }

    private void ReadProperty(Machine<PacketStates> machine, IPropertyReferenceOperation reference, ImmutableArray<ViewRoot> roots)
    {
        if (roots.IsEmpty || machine.Operand(0) is not Symbol receiver || !ViewTypes.CanView(reference.Instance!.Type, types)
            || (ExtensionBlocks.Contain(reference.Property) && reference.Property.DeclaringSyntaxReferences.Length > 0))
        {
            return;
        }

        IPropertySymbol property = reference.Property;
        if (property.Name is "Length" or "IsEmpty" && !VmbusTypes.Same(types.ExternalData, property.ContainingType))
        {
            return;
        }

        // Taking a reference reads nothing yet.
        bool isLate = IsTakenAsReference(reference) ? uses.IsLate(machine, roots) : uses.Look(machine, roots, Outermost(reference));
        if (ViewTypes.CanView(property.Type, types) && !isLate)
        {
            machine.Result = MemberOf(machine, reference, receiver, isLate);
            Views.Add((Symbol)machine.Result, roots);
        }
        else if (property.IsIndexer && property.RefKind != RefKind.None)
        {
            Yield(machine, reference, roots);
        }
    }

    private void Index(Machine<PacketStates> machine, IImplicitIndexerReferenceOperation reference, ImmutableArray<ViewRoot> roots)
    {
        if (roots.IsEmpty)
        {
            return;
        }

        if (reference.IndexerSymbol is IMethodSymbol)
        {
            Yield(machine, reference, roots);
            return;
        }

        if (!IsTakenAsReference(reference))
        {
            uses.Look(machine, roots, Outermost(reference));
        }

        Yield(machine, reference, roots);
    }

    private void Invoke(Machine<PacketStates> machine, IInvocationOperation invocation)
    {
        IMethodSymbol method = invocation.TargetMethod;
        CallArguments arguments = CallArguments.Of(invocation);
        bool onlyComputes = ViewTypes.OnlyComputes(method);
        ImmutableArray<ViewRoot> roots = [];
        if (invocation.Instance is { } instance && ViewTypes.CanView(instance.Type, types) && ExtensionBlocks.ReceiverOf(method) is null)
        {
            roots = Views.Of(machine.Operand(0));
            if (!onlyComputes && method.Name is not ("MoveNext" or "Dispose" or "ToString" or "GetHashCode"))
            {
                uses.Look(machine, roots, Outermost(invocation));
            }
        }

        bool hasBody = method.DeclaringSyntaxReferences.Length > 0 && !method.IsAbstract;
        for (int i = 0; i < arguments.Count; i++)
        {
            IOperation argument = arguments.Source(i);
            if (!(ViewTypes.CanView(argument.Type, types) || IsReference(argument)))
            {
                continue;
            }

            ImmutableArray<ViewRoot> given = Views.Of(arguments.Operand(machine, i));
            if (given.IsEmpty)
            {
                continue;
            }

            if (!hasBody && !onlyComputes && !IsRejected(machine, invocation, given))
            {
                uses.Look(machine, given, argument);
            }

            if (!hasBody)
            {
                roots = roots.AddRange(given);
            }
        }

        if (!roots.IsEmpty && !uses.IsLate(machine, roots) && (ViewTypes.CanView(method.ReturnType, types) || method.RefKind != RefKind.None))
        {
            Yield(machine, invocation, roots);
        }
    }

    /// <summary>A completion that comes too late reads no payload any more: one mistake, one report.</summary>
    private bool IsRejected(Machine<PacketStates> machine, IInvocationOperation invocation, ImmutableArray<ViewRoot> payload)
        => invocation.Instance is not null && types.IsPacket(invocation.TargetMethod.ContainingType) && machine.Operand(0) is Symbol packet
            && payload.Any(r => ReferenceEquals(r.Packet, packet));

    private void ReadReference(Machine<PacketStates> machine, IOperation reference, Value? value)
    {
        ImmutableArray<ViewRoot> roots = Views.Of(value);
        if (!roots.IsEmpty && !IsTakenAsReference(reference) && !ViewTypes.CanView(reference.Type, types))
        {
            uses.Look(machine, roots, Outermost(reference));
        }
    }

    private void Dereference(Machine<PacketStates> machine, IOperation operation, ImmutableArray<ViewRoot> roots)
    {
        if (roots.IsEmpty)
        {
            return;
        }

        if (operation.Type is not { TypeKind: TypeKind.Pointer } && operation.ChildOperations.First().Type is { TypeKind: TypeKind.Pointer } && !IsTakenAsReference(operation))
        {
            uses.Look(machine, roots, Outermost(operation));
        }

        Yield(machine, operation, roots);
    }

    private void AssignReference(Machine<PacketStates> machine, ISimpleAssignmentOperation assignment)
    {
        ImmutableArray<ViewRoot> roots = Views.Of(machine.Operand(1));
        if (roots.IsEmpty && machine.Operand(1) is null && assignment.Value is IFieldReferenceOperation { Instance: { } instance } && IsReference(instance)
            && machine.Program.PlaceOf(instance) is { } place)
        {
            roots = Views.Of(machine.Read(place));
        }

        if (!roots.IsEmpty)
        {
            Symbol view = machine.Fresh(assignment, null, isBoolean: false);
            Views.Add(view, roots);
            machine.SetOperand(1, view);
        }
    }

    /// <summary>The operation's result is a view of the same packets.</summary>
    private void Yield(Machine<PacketStates> machine, IOperation operation, ImmutableArray<ViewRoot> roots)
    {
        if (!roots.IsEmpty)
        {
            Symbol view = machine.Fresh(operation, null, isBoolean: false);
            Views.Add(view, roots);
            machine.Result = view;
        }
    }

    private static Symbol MemberOf(Machine<PacketStates> machine, IPropertyReferenceOperation reference, Symbol receiver, bool isLate)
        => isLate || reference.Property.IsIndexer || receiver.Depth > 2
            ? machine.Fresh(reference, null, isBoolean: false)
            : machine.Session.Values.Derived(ValueAlgebra.MemberRead, reference.Property, receiver, null, isBoolean: false);

    /// <summary>Whether only the address is asked for.</summary>
    private static bool IsTakenAsReference(IOperation operation)
    {
        while (operation.Parent is IFieldReferenceOperation { Instance.Type.IsValueType: true } field && ReferenceEquals(field.Instance, operation))
        {
            operation = field;
        }

        return operation.Parent switch
        {
            ISimpleAssignmentOperation { IsRef: true } => true,
            IAddressOfOperation => true,
            IInvocationOperation { TargetMethod: { } member } call when ReferenceEquals(call.Instance, operation) && ExtensionBlocks.ReceiverOf(member) is { } receiver
                => receiver.RefKind != RefKind.None && member.DeclaringSyntaxReferences.Length > 0,
            IArgumentOperation { Parameter.RefKind: not RefKind.None, Parent: IInvocationOperation { TargetMethod: { } method } }
                => method.DeclaringSyntaxReferences.Length > 0 || ViewTypes.OnlyComputes(method),
            IArgumentOperation { Parameter.RefKind: not RefKind.None } => true,
            _ => false,
        };
    }

    /// <summary>The whole member access that a use begins: <c>request.Header.Id</c>, not <c>request</c>.</summary>
    private static IOperation Outermost(IOperation operation)
    {
        while (operation.Parent is IFieldReferenceOperation field && ReferenceEquals(field.Instance, operation))
        {
            operation = field;
        }

        return operation;
    }
}
