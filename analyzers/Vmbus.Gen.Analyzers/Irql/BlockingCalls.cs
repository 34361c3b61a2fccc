using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Contracts;
using Vmbus.Gen.Analyzers.Flow;
using Vmbus.Gen.Analyzers.Irql.Calls;
using Vmbus.Gen.Analyzers.Irql.Effects;

namespace Vmbus.Gen.Analyzers.Irql;

/// <summary>Whether a call itself blocks: by the table of .NET, by <c>[Blocks]</c>, or by the user's configuration.</summary>
internal sealed class BlockingCalls(IrqlContracts contracts, MethodBodies bodies, BlockingCatalog catalog)
{
    /// <summary>How a call blocks, and on which condition of its receiver that hangs.</summary>
    public BlockingMember Of(CallTarget call, IOperation operation)
    {
        if (contracts.SaysThatItBlocks(call.Method))
        {
            return new BlockingMember(BlockingCategory.Wait, BlockingCondition.Always);
        }

        BlockingMember member = catalog.Find(call.Method, operation.Syntax.SyntaxTree);
        if (member.Category == BlockingCategory.None)
        {
            return default;
        }

        (bool isGiven, bool isZero) = TimeoutArguments.Of(call.Arguments, bodies);
        bool blocks = member.Condition switch
        {
            BlockingCondition.UnlessZero => !isZero,
            BlockingCondition.OnlyWithTimeout => isGiven && !isZero,
            BlockingCondition.UnlessSpinning => !TimeoutArguments.IsConstant(call.Arguments, -1),
            BlockingCondition.OnlyBounded => IsBounded(operation),
            _ => true,
        };
        return blocks ? member : default;
    }

    /// <summary>Whether the collection that is added to is, as far as its declaration tells, created with a bound.</summary>
    private static bool IsBounded(IOperation operation)
    {
        ISymbol? receiver = (operation as IInvocationOperation)?.Instance switch
        {
            IFieldReferenceOperation field => field.Field,
            ILocalReferenceOperation local => local.Local,
            IPropertyReferenceOperation property => property.Property,
            _ => null,
        };
        if (receiver is not { DeclaringSyntaxReferences.Length: 1 })
        {
            return false;
        }

        ExpressionSyntax? initializer = receiver.DeclaringSyntaxReferences[0].GetSyntax() switch
        {
            VariableDeclaratorSyntax variable => variable.Initializer?.Value,
            PropertyDeclarationSyntax property => property.Initializer?.Value,
            _ => null,
        };
        return initializer is BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments }
            && arguments.Last().Expression is LiteralExpressionSyntax or MemberAccessExpressionSyntax or IdentifierNameSyntax
            && (arguments.Count == 2 || arguments[0].Expression is LiteralExpressionSyntax);
    }
}
