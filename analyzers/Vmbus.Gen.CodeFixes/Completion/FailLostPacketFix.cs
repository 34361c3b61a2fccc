using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Vmbus.Gen.Analyzers.Descriptors;
using Vmbus.Gen.Analyzers.Flow;
using Vmbus.Gen.CodeFixes.Fixing;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.CodeFixes.Completion;

/// <summary>VMB105: fails the packet that is thrown away, or the one that is overwritten.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FailLostPacketFix))]
[Shared]
public sealed class FailLostPacketFix : CompletionFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [RuleIds.PendingPacketLost];

    /// <inheritdoc/>
    private protected override IEnumerable<Fix> Candidates(FixScope scope, Diagnostic diagnostic)
    {
        if (scope.NodeAt<ExpressionStatementSyntax>(diagnostic) is not { } statement || statement.Expression.Span != diagnostic.Location.SourceSpan)
        {
            yield break;
        }

        switch (statement.Expression)
        {
            case AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" }, Right: InvocationExpressionSyntax taken }:
                if (Discarded(statement, taken, scope, OwedPacket.PartOf(diagnostic)) is { } named)
                {
                    yield return named;
                }

                break;
            case InvocationExpressionSyntax taken:
                if (Discarded(statement, taken, scope, OwedPacket.PartOf(diagnostic)) is { } bare)
                {
                    yield return bare;
                }

                break;
            case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: var held } when Expressions.ArePure(held):
                yield return new Fix(
                    $"Fail '{PathText.Shorten(held)}' before it is overwritten",
                    [NodeEdit.InsertBefore(statement, SyntaxFactory.ParseStatement(held.WithoutTrivia() + OwedPacket.PartOf(diagnostic) + ".Fail();"))]);
                break;
        }
    }

    /// <summary>A packet that is pended and not kept is one whose keeper was forgotten: who that is, only the author knows.</summary>
    private static Fix? Discarded(ExpressionStatementSyntax statement, InvocationExpressionSyntax taken, FixScope scope, string part)
        => scope.Model.GetSymbolInfo(taken, scope.Cancellation).Symbol is IMethodSymbol method && !method.ContainingType.IsVmbus("PacketCompletion")
            ? new Fix($"Fail the packet of '{PathText.Shorten(taken)}'", [NodeEdit.Of(statement, s => s.WithExpression(Failed(taken, part).WithTriviaFrom(s.Expression)))])
            : null;

    private static ExpressionSyntax Failed(ExpressionSyntax packet, string part) => SyntaxFactory.ParseExpression($"{packet.WithoutTrivia()}{part}.Fail()");
}
