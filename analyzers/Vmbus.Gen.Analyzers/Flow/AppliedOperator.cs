using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>An operator or a conversion that a type defines, as an operation applies it.</summary>
/// <param name="Method">The operator.</param>
/// <param name="Constrained">The type that a static member of an interface is called on.</param>
/// <param name="Left">What it is applied to; an operator that is no static method changes that in place of making another value.</param>
/// <param name="Right">The other operand of one that has two.</param>
internal readonly record struct AppliedOperator(IMethodSymbol Method, ITypeSymbol? Constrained, IOperation Left, IOperation? Right = null)
{
    /// <summary>The operator that an operation calls; null if it is one of the language, or none.</summary>
    public static AppliedOperator? Of(IOperation operation)
    {
        switch (operation.Kind)
        {
            case OperationKind.Binary when (IBinaryOperation)operation is { OperatorMethod: { } method } binary:
                return new AppliedOperator(method, binary.ConstrainedToType, binary.LeftOperand, binary.RightOperand);
            case OperationKind.CompoundAssignment when (ICompoundAssignmentOperation)operation is { OperatorMethod: { } method } compound:
                return new AppliedOperator(method, compound.ConstrainedToType, compound.Target, compound.Value);
            case OperationKind.Unary when (IUnaryOperation)operation is { OperatorMethod: { } method } unary:
                return new AppliedOperator(method, unary.ConstrainedToType, unary.Operand);
            case OperationKind.Conversion when (IConversionOperation)operation is { OperatorMethod: { } method } conversion:
                return new AppliedOperator(method, conversion.ConstrainedToType, conversion.Operand);
            case OperationKind.Increment or OperationKind.Decrement when (IIncrementOrDecrementOperation)operation is { OperatorMethod: { } method } counting:
                return new AppliedOperator(method, counting.ConstrainedToType, counting.Target);
            default:
                return null;
        }
    }
}
