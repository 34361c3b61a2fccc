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
    public IEnumerable<CallTarget> Of(IOperation operation) => operation.Kind switch
    {
        OperationKind.Invocation or OperationKind.ObjectCreation or OperationKind.PropertyReference or OperationKind.ImplicitIndexerReference or OperationKind.EventAssignment
            or OperationKind.IsPattern or OperationKind.DeconstructionAssignment or OperationKind.Await or OperationKind.With or OperationKind.CollectionExpression => Find(operation),
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
            case IImplicitIndexerReferenceOperation { IndexerSymbol: IMethodSymbol slice } implied:
                yield return new CallTarget(slice, [], implied.Instance, slice.IsVirtual);
                break;
            case IImplicitIndexerReferenceOperation { IndexerSymbol: IPropertySymbol { GetMethod: { } getter } } implied:
                yield return new CallTarget(getter, [], implied.Instance, getter.IsVirtual);
                break;
            case IEventAssignmentOperation { EventReference: IEventReferenceOperation { Event: { } raised } reference } subscription:
                if ((subscription.Adds ? raised.AddMethod : raised.RemoveMethod) is { } access)
                {
                    yield return new CallTarget(access, [], reference.Instance, IsOpen(access));
                }

                break;
            case IIsPatternOperation pattern:
                foreach (CallTarget call in CallsIn(pattern.Pattern))
                {
                    yield return call;
                }

                break;
            case IDeconstructionAssignmentOperation deconstruction:
                foreach (IMethodSymbol method in DeconstructMethods(deconstruction.Syntax))
                {
                    yield return new CallTarget(method, [], null, IsOpen(method));
                }

                break;
            case IAwaitOperation { Syntax: AwaitExpressionSyntax awaiting } when bodies.Owns(awaiting.SyntaxTree):
                AwaitExpressionInfo info = bodies.ModelOf(awaiting.SyntaxTree).GetAwaitExpressionInfo(awaiting);
                foreach (IMethodSymbol? method in new[] { info.GetAwaiterMethod, info.IsCompletedProperty?.GetMethod })
                {
                    if (method is { DeclaringSyntaxReferences.Length: > 0 })
                    {
                        yield return new CallTarget(method, [], null, IsOpen(method));
                    }
                }

                break;
            case IWithOperation { CloneMethod: { } clone }:
                yield return new CallTarget(clone, []);
                break;
            case ICollectionExpressionOperation { ConstructMethod: { } construct }:
                yield return new CallTarget(construct, []);
                break;
        }
    }

    private static bool IsOpen(IMethodSymbol method) => method.IsVirtual || method.IsAbstract || method.IsOverride;

    /// <summary>The call of an operator; on an object, if the operator changes it in place of making another value.</summary>
    private static CallTarget TargetOf(AppliedOperator applied)
        => new(applied.Method, [], applied.Method.IsStatic ? null : applied.Left, !applied.Method.IsStatic && IsOpen(applied.Method), applied.Constrained);

    private static IEnumerable<CallTarget> AccessorsOf(IPropertyReferenceOperation property)
    {
        bool isTarget = (property.Parent is IAssignmentOperation assignment && ReferenceEquals(assignment.Target, property)) || IsDeconstructed(property);
        bool isOnlySet = isTarget && property.Parent is ISimpleAssignmentOperation or ITupleOperation && !property.Property.ReturnsByRef;
        if (!isOnlySet && property.Property.GetMethod is { } getter)
        {
            yield return new CallTarget(getter, property.Arguments, property.Instance, IsOpen(getter) && property.Instance is not IInstanceReferenceOperation { Syntax: BaseExpressionSyntax }, property.ConstrainedToType);
        }

        if ((isTarget || property.Parent is IIncrementOrDecrementOperation) && property.Property.SetMethod is { } setter)
        {
            yield return new CallTarget(setter, property.Arguments, property.Instance, IsOpen(setter) && property.Instance is not IInstanceReferenceOperation { Syntax: BaseExpressionSyntax }, property.ConstrainedToType);
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

    /// <summary>What a pattern calls: the getters of its properties, and Deconstruct.</summary>
    private static IEnumerable<CallTarget> CallsIn(IPatternOperation pattern)
    {
        foreach (IOperation part in pattern.DescendantsAndSelf())
        {
            switch (part)
            {
                case IRecursivePatternOperation { DeconstructSymbol: IMethodSymbol method }:
                    yield return new CallTarget(method, [], null, IsOpen(method));
                    break;
                case IPropertySubpatternOperation { Member: IPropertyReferenceOperation { Property.GetMethod: { } getter } }:
                    yield return new CallTarget(getter, [], null, IsOpen(getter));
                    break;
                case IListPatternOperation { IndexerSymbol: IPropertySymbol { GetMethod: { } indexer } }:
                    yield return new CallTarget(indexer, [], null, IsOpen(indexer));
                    break;
            }
        }
    }

    private IEnumerable<IMethodSymbol> DeconstructMethods(SyntaxNode syntax)
    {
        if (!bodies.Owns(syntax.SyntaxTree))
        {
            return [];
        }

        SemanticModel model = bodies.ModelOf(syntax.SyntaxTree);
        return syntax switch
        {
            AssignmentExpressionSyntax assignment => MethodsOf(model.GetDeconstructionInfo(assignment)),
            ForEachVariableStatementSyntax each => MethodsOf(model.GetDeconstructionInfo(each)),
            _ when syntax.Parent is ForEachVariableStatementSyntax each => MethodsOf(model.GetDeconstructionInfo(each)),
            _ => [],
        };
    }

    private static IEnumerable<IMethodSymbol> MethodsOf(DeconstructionInfo info)
    {
        if (info.Method is { } method)
        {
            yield return method;
        }

        foreach (DeconstructionInfo nested in info.Nested)
        {
            foreach (IMethodSymbol inner in MethodsOf(nested))
            {
                yield return inner;
            }
        }
    }
}
