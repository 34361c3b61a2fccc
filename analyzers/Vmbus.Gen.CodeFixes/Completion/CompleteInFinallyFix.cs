using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Vmbus.Gen.Analyzers.Completion;
using Vmbus.Gen.Analyzers.Descriptors;
using Vmbus.Gen.Analyzers.Flow;
using Vmbus.Gen.CodeFixes.Fixing;

namespace Vmbus.Gen.CodeFixes.Completion;

/// <summary>
/// VMB101: wraps what follows the beginning of the duty. Where nothing completes the packet, a finally does, whatever way leads out; where only an exception
/// leaves it owed, a catch fails it and lets the exception go on.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CompleteInFinallyFix))]
[Shared]
public sealed class CompleteInFinallyFix : CompletionFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [RuleIds.NotCompleted];

    /// <inheritdoc/>
    private protected override IEnumerable<Fix> Candidates(FixScope scope, Diagnostic diagnostic)
    {
        if (!diagnostic.Properties.TryGetValue(PacketDiagnostics.ExitProperty, out string? exit)
            || OwedPacket.Declared(scope, diagnostic) is not { } packet
            || (packet.Home is BlockSyntax home ? home : Members.BodyOf(packet.Home)) is not { } block)
        {
            yield break;
        }

        int first = block.Statements.TakeWhile(s => s.SpanStart < packet.From).Count();
        if (first == block.Statements.Count)
        {
            yield break;
        }

        if (exit == nameof(FunctionEndKind.Exception))
        {
            yield return new Fix($"Fail '{packet.Name}' in a catch", [NodeEdit.Of(block, b => Wrap(b, first, packet.Call("Fail"), inFinally: false))]);
        }

        // With one way out, the call can stand there.
        if (exit == nameof(FunctionEndKind.Exception) || block.Statements.Skip(first).Any(static s => s.DescendantNodesAndSelf().Any(static n => n is ReturnStatementSyntax)))
        {
            yield return new Fix($"Complete '{packet.Name}' in a finally", [NodeEdit.Of(block, b => Wrap(b, first, packet.Call("Complete"), inFinally: true))]);
        }
    }

    private static BlockSyntax Wrap(BlockSyntax block, int first, StatementSyntax call, bool inFinally)
    {
        BlockSyntax end = inFinally ? Statements.BlockOf(call) : Statements.BlockOf(call, SyntaxFactory.ThrowStatement());
        BlockSyntax tried = SyntaxFactory.Block(block.Statements.Skip(first)).WithTrailingTrivia(SyntaxFactory.ElasticCarriageReturnLineFeed);
        TryStatementSyntax attempt = inFinally
            ? SyntaxFactory.TryStatement(tried, default, SyntaxFactory.FinallyClause(end))
            : SyntaxFactory.TryStatement(tried, SyntaxFactory.SingletonList(SyntaxFactory.CatchClause().WithBlock(end)), null);
        return block.WithStatements([.. block.Statements.Take(first), attempt.WithTrailingTrivia(SyntaxFactory.ElasticCarriageReturnLineFeed).WithAdditionalAnnotations(Formatter.Annotation)]);
    }
}
