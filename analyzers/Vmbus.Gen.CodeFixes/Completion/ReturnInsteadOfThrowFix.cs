using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Vmbus.Gen.Analyzers.Descriptors;
using Vmbus.Gen.CodeFixes.Fixing;

namespace Vmbus.Gen.CodeFixes.Completion;

/// <summary>VMB108: fails the packet and returns, where a throw would stop the channel. What is rethrown goes on.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReturnInsteadOfThrowFix))]
[Shared]
public sealed class ReturnInsteadOfThrowFix : CompletionFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [RuleIds.ThrownWithDuty];

    /// <inheritdoc/>
    private protected override IEnumerable<Fix> Candidates(FixScope scope, Diagnostic diagnostic)
    {
        if (scope.NodeAt<ThrowStatementSyntax>(diagnostic) is { Expression: BaseObjectCreationExpressionSyntax } thrown
            && Members.ReturnsNothing(Members.FunctionAround(thrown), scope)
            && OwedPacket.Named(scope, diagnostic, thrown.SpanStart) is { } packet)
        {
            yield return new Fix(
                $"Fail '{packet.Name}' and return instead of throwing",
                [
                    NodeEdit.InsertBefore(thrown, packet.Call("Fail")),
                    NodeEdit.Exchange(thrown, static t => SyntaxFactory.ReturnStatement().WithTriviaFrom(t)),
                ]);
        }
    }
}
