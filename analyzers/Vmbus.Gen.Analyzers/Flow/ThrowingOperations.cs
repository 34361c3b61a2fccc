using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>Which operations can raise an exception, of their own or of code that they run, and so reach a handler around them.</summary>
internal static class ThrowingOperations
{
    public static bool MayThrow(IOperation operation) => operation.Kind switch
    {
        OperationKind.Invocation => true,
        OperationKind.ObjectCreation => ((IObjectCreationOperation)operation).Constructor is { } constructor
            && !(constructor.IsImplicitlyDeclared && constructor.ContainingType.IsValueType)
            && !IsException(constructor.ContainingType),
        OperationKind.DynamicInvocation or OperationKind.DynamicIndexerAccess or OperationKind.DynamicMemberReference
            or OperationKind.DynamicObjectCreation or OperationKind.TypeParameterObjectCreation or OperationKind.FunctionPointerInvocation => true,
        OperationKind.PropertyReference => MayThrow((IPropertyReferenceOperation)operation),
        OperationKind.EventAssignment or OperationKind.RaiseEvent => true,
        OperationKind.ArrayElementReference or OperationKind.ImplicitIndexerReference or OperationKind.InlineArrayAccess => true,
        OperationKind.ArrayCreation => true,
        OperationKind.Await => true,
        OperationKind.Conversion => MayThrow((IConversionOperation)operation),
        OperationKind.Binary => MayThrow((IBinaryOperation)operation),
        OperationKind.CompoundAssignment => ((ICompoundAssignmentOperation)operation) is { } compound
            && (compound.OperatorMethod is not null || compound.IsChecked || DividesInteger(compound.OperatorKind, compound.Type) || ImpliedCode.IsUnknown(compound)),
        OperationKind.Increment or OperationKind.Decrement => ((IIncrementOrDecrementOperation)operation) is { } increment
            && (increment.OperatorMethod is not null || increment.IsChecked),
        OperationKind.Unary => ((IUnaryOperation)operation) is { } unary && (unary.OperatorMethod is not null || unary.IsChecked),
        OperationKind.IsPattern => ImpliedCode.RunsIn(((IIsPatternOperation)operation).Pattern),
        OperationKind.DeconstructionAssignment => ImpliedCode.RunsIn((IDeconstructionAssignmentOperation)operation),
        OperationKind.InterpolatedString or OperationKind.CollectionExpression => ImpliedCode.IsUnknown(operation),
        _ => false,
    };

    /// <summary>An exception that is made to be thrown does not fail on the way.</summary>
    private static bool IsException(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (ancestor is { Name: "Exception", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } })
            {
                return true;
            }
        }

        return false;
    }

    private static bool MayThrow(IPropertyReferenceOperation reference)
        => reference.Arguments.Length > 0 || !PureMembers.IsTrivialGetter(reference.Property);

    private static bool MayThrow(IConversionOperation conversion)
    {
        if (conversion.OperatorMethod is not null)
        {
            return true;
        }

        if (conversion.IsTryCast || conversion.IsImplicit)
        {
            return false;
        }

        return conversion.IsChecked || (conversion.Conversion is { IsReference: true, IsImplicit: false }) || ImpliedCode.IsUnknown(conversion);
    }

    private static bool MayThrow(IBinaryOperation binary)
        => binary.OperatorMethod is { ContainingType.SpecialType: SpecialType.None } || binary.IsChecked || DividesInteger(binary.OperatorKind, binary.Type)
            || ImpliedCode.IsUnknown(binary);

    private static bool DividesInteger(BinaryOperatorKind kind, ITypeSymbol? type)
        => kind is BinaryOperatorKind.Divide or BinaryOperatorKind.Remainder or BinaryOperatorKind.IntegerDivide
            && type?.SpecialType is not (SpecialType.System_Single or SpecialType.System_Double);
}
