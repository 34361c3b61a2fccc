using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Vmbus.Gen.Analyzers.Irql;

/// <summary>A method that an operation calls, however it is written.</summary>
internal readonly record struct CallTarget(IMethodSymbol Method, ImmutableArray<IArgumentOperation> Arguments);

/// <summary>The calls that an operation stands for: of methods, accessors, constructors and operators.</summary>
internal static class CallTargets
{
    /// <summary>An interface's method on a value of a known type (as <c>using</c> calls it) is that type's own.</summary>
    private static IMethodSymbol Resolve(IInvocationOperation invocation)
        => invocation is { TargetMethod: { ContainingType.TypeKind: TypeKind.Interface } member, Instance: IConversionOperation { IsImplicit: true, Operand.Type: { TypeKind: TypeKind.Class or TypeKind.Struct } type } }
            && type.FindImplementationForInterfaceMember(member) is IMethodSymbol implementation
                ? implementation
                : invocation.TargetMethod;

    public static IEnumerable<CallTarget> Of(IOperation operation)
    {
        switch (operation)
        {
            case IInvocationOperation { TargetMethod.MethodKind: not (MethodKind.LocalFunction or MethodKind.DelegateInvoke) } invocation:
                yield return new CallTarget(Resolve(invocation), invocation.Arguments);
                break;
            case IObjectCreationOperation { Constructor: { } constructor } creation:
                yield return new CallTarget(constructor, creation.Arguments);
                break;
            case IPropertyReferenceOperation property:
                bool isTarget = property.Parent is IAssignmentOperation assignment && ReferenceEquals(assignment.Target, property);
                bool isSimple = property.Parent is ISimpleAssignmentOperation;
                if ((!isTarget || !isSimple) && property.Property.GetMethod is { } getter)
                {
                    yield return new CallTarget(getter, property.Arguments);
                }

                if ((isTarget || property.Parent is IIncrementOrDecrementOperation) && property.Property.SetMethod is { } setter)
                {
                    yield return new CallTarget(setter, property.Arguments);
                }

                break;
            case IEventAssignmentOperation { EventReference: IEventReferenceOperation { Event: { } raised } } subscription:
                if ((subscription.Adds ? raised.AddMethod : raised.RemoveMethod) is { } accessor)
                {
                    yield return new CallTarget(accessor, []);
                }

                break;
            case IBinaryOperation { OperatorMethod: { } method }:
                yield return new CallTarget(method, []);
                break;
            case IUnaryOperation { OperatorMethod: { } method }:
                yield return new CallTarget(method, []);
                break;
            case IConversionOperation { OperatorMethod: { } method }:
                yield return new CallTarget(method, []);
                break;
            case ICompoundAssignmentOperation { OperatorMethod: { } method }:
                yield return new CallTarget(method, []);
                break;
            case IIncrementOrDecrementOperation { OperatorMethod: { } method }:
                yield return new CallTarget(method, []);
                break;
        }
    }
}
