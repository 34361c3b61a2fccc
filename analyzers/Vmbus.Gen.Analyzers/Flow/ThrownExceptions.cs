using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>Exceptions that the source throws by name.</summary>
internal static class ThrownExceptions
{
    /// <summary>The exception of a <c>throw</c> with a value.</summary>
    public static ExceptionInfo OfThrow(IOperation? value)
    {
        while (value is IConversionOperation { OperatorMethod: null, IsImplicit: true } conversion)
        {
            value = conversion.Operand;
        }

        // The compiler's own throw, of a switch expression without a matching arm, is written nowhere.
        SyntaxNode? thrower = value is { IsImplicit: false } ? value.Syntax.FirstAncestorOrSelf<SyntaxNode>(static n => n is ThrowStatementSyntax or ThrowExpressionSyntax) : null;
        return new ExceptionInfo(value?.Type, value is IObjectCreationOperation, thrower);
    }

    /// <summary>The exception of a <c>throw</c> without a value.</summary>
    public static ExceptionInfo OfRethrow(ControlFlowGraph graph, BasicBlock block)
        => new(CaughtType(block), false, RethrowSyntax.Find(graph, block));

    private static ITypeSymbol? CaughtType(BasicBlock block)
    {
        for (ControlFlowRegion? region = block.EnclosingRegion; region is not null; region = region.EnclosingRegion)
        {
            if (region.Kind == ControlFlowRegionKind.Catch)
            {
                return region.ExceptionType?.SpecialType == SpecialType.System_Object ? null : region.ExceptionType;
            }
        }

        return null;
    }
}
