using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Vmbus.Gen.Analyzers.Descriptors;
using Vmbus.Gen.CodeFixes.Fixing;

namespace Vmbus.Gen.CodeFixes.Completion;

/// <summary>VMB101, VMB108: fails the packet on the paths that leave it owed, an exception's among them.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FailOnLeavingPathFix))]
[Shared]
public sealed class FailOnLeavingPathFix : LeavingPathFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [RuleIds.NotCompleted, RuleIds.ThrownWithDuty];

    /// <inheritdoc/>
    private protected override string Method => "Fail";

    /// <inheritdoc/>
    private protected override IEnumerable<Fix> Candidates(FixScope scope, Diagnostic diagnostic)
        => diagnostic.Id == RuleIds.ThrownWithDuty ? BeforeThrow(scope, diagnostic) : base.Candidates(scope, diagnostic);

    private IEnumerable<Fix> BeforeThrow(FixScope scope, Diagnostic diagnostic)
    {
        if (OwedPacket.Named(scope, diagnostic, diagnostic.Location.SourceSpan.Start) is not { } packet)
        {
            yield break;
        }

        string title = $"Fail '{packet.Name}' before the throw";
        switch (scope.NodeAt<SyntaxNode>(diagnostic)?.FirstAncestorOrSelf<SyntaxNode>(static n => n is ThrowStatementSyntax or ThrowExpressionSyntax))
        {
            case ThrowStatementSyntax statement:
                yield return new Fix(title, [NodeEdit.InsertBefore(statement, packet.Call(Method))]);
                break;
            case ThrowExpressionSyntax { Parent: ArrowExpressionClauseSyntax or AnonymousFunctionExpressionSyntax } expression
                when ArrowBody.WithBefore(Members.FunctionAround(expression), packet.Call(Method)) is { } edit:
                yield return new Fix(title, [edit]);
                break;
        }
    }
}
