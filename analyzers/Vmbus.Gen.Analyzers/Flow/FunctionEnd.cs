using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Vmbus.Gen.Analyzers.Flow;

internal enum FunctionEndKind
{
    /// <summary>The end of the body.</summary>
    End,

    /// <summary>A <c>return</c>.</summary>
    Return,

    /// <summary>An exception of an operation.</summary>
    Exception,

    /// <summary>No end of the function: the next round of a loop, in which a variable of the round before is gone.</summary>
    Round,
}

/// <summary>The place in the source where a function is left.</summary>
internal sealed record FunctionEnd(Location Location, FunctionEndKind Kind)
{
    /// <summary>What happens there, for a message.</summary>
    public string Words => Kind switch
    {
        FunctionEndKind.Return => "the method returns",
        FunctionEndKind.Exception => "a call throws",
        FunctionEndKind.Round => "the next round begins",
        _ => "the method ends",
    };

    /// <summary>
    /// The <c>return</c>, or the end of the body, that follows what ran last. The graph keeps no trace of a <c>return</c> without
    /// a value, so it is looked for from the last operation on.
    /// </summary>
    public static FunctionEnd Find(ControlFlowGraph graph, BasicBlock? lastBlock, PathStep? path)
    {
        SyntaxNode body = graph.OriginalOperation.Syntax;
        SyntaxNode? last = null;
        bool? sense = null;
        if (lastBlock?.BranchValue is { } value)
        {
            last = value.Syntax;
            if (lastBlock.ConditionKind == ControlFlowConditionKind.None)
            {
                return last.FirstAncestorOrSelf<StatementSyntax>() is ReturnStatementSyntax returned
                    ? new(returned.GetLocation(), FunctionEndKind.Return)
                    : new(last.GetLocation(), FunctionEndKind.End);
            }

            sense = path is not null && ReferenceEquals(path.Operation, value) ? path.Kind == PathStepKind.WhenTrue : null;
        }
        else if (lastBlock is { Operations.Length: > 0 })
        {
            last = lastBlock.Operations[lastBlock.Operations.Length - 1].Syntax;
        }
        else if (path is { Kind: PathStepKind.WhenTrue or PathStepKind.WhenFalse })
        {
            last = path.Syntax;
            sense = path.Kind == PathStepKind.WhenTrue;
        }

        StatementSyntax? next = last is null ? First(BlockOf(body), body) : sense is { } taken ? After(last, taken, body) : Next(last.FirstAncestorOrSelf<StatementSyntax>(), body);
        return next is ReturnStatementSyntax ? new(next.GetLocation(), FunctionEndKind.Return) : new(EndOf(body), FunctionEndKind.End);
    }

    private static BlockSyntax? BlockOf(SyntaxNode body) => body switch
    {
        BlockSyntax block => block,
        BaseMethodDeclarationSyntax method => method.Body,
        AccessorDeclarationSyntax accessor => accessor.Body,
        LocalFunctionStatementSyntax local => local.Body,
        AnonymousFunctionExpressionSyntax lambda => lambda.Block,
        _ => null,
    };

    private static Location EndOf(SyntaxNode body)
        => BlockOf(body) is { } block ? block.CloseBraceToken.GetLocation()
            : body switch
            {
                BaseMethodDeclarationSyntax { ExpressionBody: { } arrow } => arrow.Expression.GetLocation(),
                AccessorDeclarationSyntax { ExpressionBody: { } arrow } => arrow.Expression.GetLocation(),
                LocalFunctionStatementSyntax { ExpressionBody: { } arrow } => arrow.Expression.GetLocation(),
                AnonymousFunctionExpressionSyntax { ExpressionBody: { } expression } => expression.GetLocation(),
                ArrowExpressionClauseSyntax arrow => arrow.Expression.GetLocation(),
                _ => body.GetLocation(),
            };

    /// <summary>The statement that runs after a condition has been decided.</summary>
    private static StatementSyntax? After(SyntaxNode condition, bool sense, SyntaxNode body)
    {
        for (SyntaxNode? node = condition; node is not null && !ReferenceEquals(node, body); node = node.Parent)
        {
            if (node is PrefixUnaryExpressionSyntax negation && negation.IsKind(SyntaxKind.LogicalNotExpression) && !ReferenceEquals(node, condition))
            {
                sense = !sense;
            }

            switch (node.Parent)
            {
                case IfStatementSyntax choice when ReferenceEquals(choice.Condition, node):
                    return sense ? First(choice.Statement, body) : choice.Else is { } otherwise ? First(otherwise.Statement, body) : Next(choice, body);
                case WhileStatementSyntax loop when ReferenceEquals(loop.Condition, node):
                    return sense ? First(loop.Statement, body) : Next(loop, body);
                case ForStatementSyntax loop when ReferenceEquals(loop.Condition, node):
                    return sense ? First(loop.Statement, body) : Next(loop, body);
                case DoStatementSyntax loop when ReferenceEquals(loop.Condition, node):
                    return sense ? null : Next(loop, body);
                case CommonForEachStatementSyntax loop when ReferenceEquals(loop.Expression, node):
                    return sense ? First(loop.Statement, body) : Next(loop, body);
                case SwitchLabelSyntax { Parent: SwitchSectionSyntax section } when sense && section.Statements.Count > 0:
                    return First(section.Statements[0], body);
            }

            if (node is StatementSyntax statement)
            {
                return Next(statement, body);
            }
        }

        return null;
    }

    private static StatementSyntax? First(StatementSyntax? statement, SyntaxNode body) => statement switch
    {
        BlockSyntax { Statements.Count: > 0 } block => First(block.Statements[0], body),
        BlockSyntax or EmptyStatementSyntax or LocalFunctionStatementSyntax => Next(statement, body),
        BreakStatementSyntax => Next(statement.Ancestors().OfType<StatementSyntax>().FirstOrDefault(IsBreakable), body),
        _ => statement,
    };

    private static bool IsBreakable(StatementSyntax statement)
        => statement is WhileStatementSyntax or ForStatementSyntax or DoStatementSyntax or CommonForEachStatementSyntax or SwitchStatementSyntax;

    /// <summary>The statement that runs after another one has come to its end; null at the function's end, or where that is not plain.</summary>
    private static StatementSyntax? Next(StatementSyntax? statement, SyntaxNode body)
    {
        while (statement is not null && !ReferenceEquals(statement, body) && !ReferenceEquals(statement, BlockOf(body)))
        {
            SyntaxList<StatementSyntax> siblings = statement.Parent switch
            {
                BlockSyntax block => block.Statements,
                SwitchSectionSyntax section => section.Statements,
                _ => default,
            };
            int index = siblings.IndexOf(statement);
            if (index >= 0 && index + 1 < siblings.Count)
            {
                return First(siblings[index + 1], body);
            }

            if (statement.Parent is WhileStatementSyntax or ForStatementSyntax or DoStatementSyntax or CommonForEachStatementSyntax)
            {
                return null;
            }

            statement = statement.Parent?.FirstAncestorOrSelf<StatementSyntax>();
        }

        return null;
    }
}
