using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Vmbus.Gen.Analyzers.Descriptors;
using Vmbus.Gen.CodeFixes.Fixing;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.CodeFixes.Completion;

/// <summary>VMB104: asks for the level where it is decided to defer; at PASSIVE_LEVEL the handler goes on with what comes behind.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DeferBehindTestFix))]
[Shared]
public sealed class DeferBehindTestFix : CompletionFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [RuleIds.DeferredAtPassive];

    /// <inheritdoc/>
    private protected override IEnumerable<Fix> Candidates(FixScope scope, Diagnostic diagnostic)
    {
        if (scope.NodeAt<ExpressionStatementSyntax>(diagnostic) is { } deferral
            && (deferral.Parent is BlockSyntax block ? block.Parent : deferral.Parent) is IfStatementSyntax choice
            && choice.Statement.Span.Contains(deferral.Span))
        {
            yield return new Fix("Defer only at DISPATCH_LEVEL", [NodeEdit.Of(choice.Condition, And)]);
        }
    }

    private static ExpressionSyntax And(ExpressionSyntax condition)
    {
        ExpressionSyntax left = condition.WithoutTrivia();
        if (left is ConditionalExpressionSyntax or AssignmentExpressionSyntax or AnonymousFunctionExpressionSyntax || left.RawKind is (int)SyntaxKind.LogicalOrExpression or (int)SyntaxKind.CoalesceExpression)
        {
            left = SyntaxFactory.ParenthesizedExpression(left);
        }

        return SyntaxFactory.BinaryExpression(
            SyntaxKind.LogicalAndExpression,
            left.WithTrailingTrivia(SyntaxFactory.Space),
            SyntaxFactory.Token(SyntaxKind.AmpersandAmpersandToken).WithTrailingTrivia(SyntaxFactory.Space),
            SyntaxFactory.BinaryExpression(
                SyntaxKind.EqualsExpression,
                TypeNames.MemberOf(VmbusSymbols.Namespace + ".KernelIrql", "Current").WithTrailingTrivia(SyntaxFactory.Space),
                SyntaxFactory.Token(SyntaxKind.EqualsEqualsToken).WithTrailingTrivia(SyntaxFactory.Space),
                TypeNames.MemberOf(VmbusSymbols.Namespace + ".Irql", "Dispatch")))
            .WithTriviaFrom(condition);
    }
}
