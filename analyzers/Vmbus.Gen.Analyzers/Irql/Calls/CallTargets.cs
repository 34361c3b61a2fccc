using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Irql.Calls;

/// <summary>A method that an operation calls, however it is written.</summary>
/// <param name="Method">What is called, as the source says.</param>
/// <param name="Arguments">With what.</param>
/// <param name="Instance">On what; null for a static method.</param>
/// <param name="IsVirtual">Whether the instance decides what runs.</param>
/// <param name="Constrained">The type that a static member of an interface is called on.</param>
internal readonly record struct CallTarget(
    IMethodSymbol Method,
    ImmutableArray<IArgumentOperation> Arguments,
    IOperation? Instance = null,
    bool IsVirtual = false,
    ITypeSymbol? Constrained = null);

/// <summary>The calls that an operation stands for: of methods, accessors, constructors, operators, and those that a pattern of the language implies.</summary>
internal sealed class CallTargets(MethodBodies bodies)
{
    private readonly ImpliedTargets _implied = new(bodies);

    public IEnumerable<CallTarget> Of(IOperation operation) => operation.Kind switch
    {
        OperationKind.Invocation or OperationKind.ObjectCreation or OperationKind.PropertyReference or OperationKind.ImplicitIndexerReference or OperationKind.EventAssignment
            or OperationKind.IsPattern or OperationKind.DeconstructionAssignment or OperationKind.Await or OperationKind.With or OperationKind.CollectionExpression
            or OperationKind.InterpolatedString => Find(operation),
        OperationKind.Binary or OperationKind.CompoundAssignment when operation.Type?.SpecialType == SpecialType.System_String => Find(operation),
        OperationKind.SimpleAssignment when ImpliedTargets.Pins(operation) => Find(operation),
        OperationKind.Binary or OperationKind.Unary or OperationKind.Conversion or OperationKind.CompoundAssignment or OperationKind.Increment or OperationKind.Decrement
            => AppliedOperator.Of(operation) is { } applied ? [TargetOf(applied)] : [],
        _ => [],
    };

    private IEnumerable<CallTarget> Find(IOperation operation)
    {
        switch (operation)
        {
            case IInvocationOperation { TargetMethod.MethodKind: not (MethodKind.LocalFunction or MethodKind.DelegateInvoke) } invocation:
                yield return new CallTarget(invocation.TargetMethod, invocation.Arguments, invocation.Instance, invocation.IsVirtual, invocation.ConstrainedToType);
                break;
            case IObjectCreationOperation { Constructor: { } constructor } creation:
                yield return new CallTarget(constructor, creation.Arguments);
                break;
            case IPropertyReferenceOperation property:
                foreach (CallTarget accessor in AccessorsOf(property))
                {
                    yield return accessor;
                }

                break;
            case IImplicitIndexerReferenceOperation implied:
                foreach (CallTarget accessor in AccessorsOf(implied))
                {
                    yield return accessor;
                }

                break;
            case IEventAssignmentOperation { EventReference: IEventReferenceOperation { Event: { } raised } reference } subscription:
                if ((subscription.Adds ? raised.AddMethod : raised.RemoveMethod) is { } access)
                {
                    yield return new CallTarget(access, [], reference.Instance, IsOpen(access));
                }

                break;
            default:
                foreach (CallTarget call in _implied.Of(operation))
                {
                    yield return call;
                }

                break;
        }
    }

    /// <summary>Whether an instance decides which body of a method runs.</summary>
    public static bool IsOpen(IMethodSymbol method) => method.IsVirtual || method.IsAbstract || method.IsOverride;

    /// <summary>The call of an operator; on an object, if the operator changes it in place of making another value.</summary>
    private static CallTarget TargetOf(AppliedOperator applied)
        => new(applied.Method, [], applied.Method.IsStatic ? null : applied.Left, !applied.Method.IsStatic && IsOpen(applied.Method), applied.Constrained);

    private static IEnumerable<CallTarget> AccessorsOf(IPropertyReferenceOperation property)
        => AccessorsOf(property, property.Property).Select(accessor => new CallTarget(
            accessor,
            property.Arguments,
            property.Instance,
            IsOpen(accessor) && property.Instance is not IInstanceReferenceOperation { Syntax: BaseExpressionSyntax },
            property.ConstrainedToType));

    /// <summary>What an index from the end, or a range, calls: the length first, if somebody wrote it.</summary>
    private static IEnumerable<CallTarget> AccessorsOf(IImplicitIndexerReferenceOperation implied)
    {
        IEnumerable<IMethodSymbol> accessors = implied.IndexerSymbol switch
        {
            IMethodSymbol slice => [slice],
            IPropertySymbol indexer => AccessorsOf(implied, indexer),
            _ => [],
        };
        return (ImpliedCode.IsWritten(implied.LengthSymbol) && implied.LengthSymbol is IPropertySymbol { GetMethod: { } length } ? [length, .. accessors] : accessors)
            .Select(accessor => new CallTarget(accessor, [], implied.Instance, IsOpen(accessor)));
    }

    /// <summary>Those accessors of a property, in their order, that a reference of it runs.</summary>
    private static IEnumerable<IMethodSymbol> AccessorsOf(IOperation reference, IPropertySymbol property)
    {
        bool isTarget = (reference.Parent is IAssignmentOperation assignment && ReferenceEquals(assignment.Target, reference)) || IsDeconstructed(reference);
        bool isOnlySet = isTarget && reference.Parent is ISimpleAssignmentOperation or ITupleOperation && !property.ReturnsByRef;
        if (!isOnlySet && property.GetMethod is { } getter)
        {
            yield return getter;
        }

        if ((isTarget || reference.Parent is IIncrementOrDecrementOperation) && property.SetMethod is { } setter)
        {
            yield return setter;
        }
    }

    /// <summary>Whether a property is among the targets of a deconstruction.</summary>
    private static bool IsDeconstructed(IOperation property)
    {
        IOperation child = property;
        IOperation? parent = property.Parent;
        while (parent is ITupleOperation)
        {
            child = parent;
            parent = parent.Parent;
        }

        return parent is IDeconstructionAssignmentOperation deconstruction && !ReferenceEquals(child, property) && ReferenceEquals(deconstruction.Target, child);
    }
}
