using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Vmbus.Gen.Analyzers.Descriptors;
using Vmbus.Gen.Analyzers.Flow;
using Vmbus.Gen.CodeFixes.Fixing;

namespace Vmbus.Gen.CodeFixes.Completion;

/// <summary>
/// VMB103, VMB301, VMB304: completes behind the statement that uses the packet. VMB102: completes last in its try, so that nothing can throw after it.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CompleteLaterFix))]
[Shared]
public sealed class CompleteLaterFix : CompletionFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds
        => [RuleIds.CompletedTwice, RuleIds.UsedAfterCompletion, RuleIds.BufferUsedLate, RuleIds.ExternalDataUsedLate];

    /// <inheritdoc/>
    private protected override IEnumerable<Fix> Candidates(FixScope scope, Diagnostic diagnostic)
    {
        if (scope.NodeAt<SyntaxNode>(diagnostic) is not { } use)
        {
            yield break;
        }

        foreach (StatementSyntax statement in EarlierCompletion.Candidates(scope, diagnostic))
        {
            if (CompletionCall.Of(scope, statement) is { Statement.Parent: BlockSyntax block } completion
                && LastBefore(completion, block, use, diagnostic) is { } last
                && last.Parent == block
                && last != statement
                && CanMove(completion, last, scope))
            {
                string where = diagnostic.Id == RuleIds.CompletedTwice ? "last in the try" : $"behind '{PathText.Shorten(last)}'";
                yield return new Fix(
                    $"Move '{PathText.Shorten(statement)}' {where}",
                    [NodeEdit.Remove(statement), NodeEdit.InsertBehind(last, statement.WithoutTrivia())]);
            }
        }
    }

    /// <summary>The statement behind which the packet may be completed.</summary>
    private static StatementSyntax? LastBefore(CompletionCall completion, BlockSyntax block, SyntaxNode use, Diagnostic diagnostic)
        => diagnostic.Id != RuleIds.CompletedTwice ? EarlierCompletion.InOneList(completion.Statement, use)?.Use
            : block.Parent is TryStatementSyntax ? block.Statements[block.Statements.Count - 1]
            : null;

    /// <summary>What is sent has to be the same later, and no comment may be lost.</summary>
    private static bool CanMove(CompletionCall completion, StatementSyntax last, FixScope scope)
    {
        if (completion.Statement.DescendantTrivia().Any(static t => !t.IsKind(SyntaxKind.WhitespaceTrivia) && !t.IsKind(SyntaxKind.EndOfLineTrivia)))
        {
            return false;
        }

        if (completion.Call.ArgumentList.Arguments.Count == 0)
        {
            return true;
        }

        SyntaxList<StatementSyntax> list = Statements.ListOf(last.Parent)!.Value;
        StatementSyntax next = list[list.IndexOf(completion.Statement) + 1];
        return scope.Model.AnalyzeDataFlow(next, last) is { Succeeded: true } flow
            && completion.Call.ArgumentList.Arguments.All(a => IsUnchanged(a.Expression, flow, scope));
    }

    private static bool IsUnchanged(ExpressionSyntax argument, DataFlowAnalysis flow, FixScope scope)
        => argument is LiteralExpressionSyntax
            || scope.Model.GetConstantValue(argument, scope.Cancellation).HasValue
            || (argument is IdentifierNameSyntax
                && scope.Model.GetSymbolInfo(argument, scope.Cancellation).Symbol is ILocalSymbol or IParameterSymbol { RefKind: not RefKind.Ref and not RefKind.Out }
                && !flow.WrittenInside.Contains(scope.Model.GetSymbolInfo(argument, scope.Cancellation).Symbol!, SymbolEqualityComparer.Default));
}
