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

/// <summary>VMB102: returns after the first completion.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReturnAfterCompletionFix))]
[Shared]
public sealed class ReturnAfterCompletionFix : CompletionFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [RuleIds.CompletedTwice];

    /// <inheritdoc/>
    private protected override IEnumerable<Fix> Candidates(FixScope scope, Diagnostic diagnostic)
    {
        if (!Members.ReturnsNothing(Members.FunctionAround(scope.NodeAt<SyntaxNode>(diagnostic)), scope))
        {
            yield break;
        }

        foreach (ExpressionStatementSyntax first in EarlierCompletion.Candidates(scope, diagnostic).OfType<ExpressionStatementSyntax>())
        {
            yield return new Fix($"Return after '{PathText.Shorten(first)}'", [NodeEdit.InsertBehind(first, SyntaxFactory.ParseStatement("return;"))]);
        }
    }
}
