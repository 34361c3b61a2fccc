using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Vmbus.Gen.Analyzers.Completion;
using Vmbus.Gen.CodeFixes.Fixing;

namespace Vmbus.Gen.CodeFixes.Completion;

/// <summary>The call that completed the packet before what a diagnostic reports.</summary>
internal static class EarlierCompletion
{
    /// <summary>The statement with that call, in the function of the diagnostic; null where there is none.</summary>
    public static StatementSyntax? Of(FixScope scope, Diagnostic diagnostic)
        => diagnostic.Properties.ContainsKey(PacketDiagnostics.CompletionsProperty)
            && diagnostic.AdditionalLocations is [.., { } place]
            && scope.NodeAt<StatementSyntax>(place) is { } statement
            && Members.FunctionAround(statement) == Members.FunctionAround(scope.NodeAt<SyntaxNode>(diagnostic))
            ? statement
            : null;

    /// <summary>
    /// The statements that may have completed the packet: the one that the diagnostic names, and, since it names one of several paths, all others that complete it
    /// in the function, the nearest first.
    /// </summary>
    public static IEnumerable<StatementSyntax> Candidates(FixScope scope, Diagnostic diagnostic)
    {
        StatementSyntax? named = Of(scope, diagnostic);
        if (named is not null)
        {
            yield return named;
        }

        SyntaxNode? reported = scope.NodeAt<SyntaxNode>(diagnostic);
        foreach (ExpressionStatementSyntax other in Members.FunctionAround(reported)?.DescendantNodes().OfType<ExpressionStatementSyntax>().Reverse() ?? [])
        {
            if (other != named && other.SpanStart < reported!.SpanStart && CompletionCall.Of(scope, other) is not null)
            {
                yield return other;
            }
        }
    }

    /// <summary>
    /// The statement to which the completion belongs in the list in which the late use stands: itself, or a branch with it; and the one to which the use
    /// belongs there.
    /// </summary>
    public static (StatementSyntax Completion, StatementSyntax Use)? InOneList(StatementSyntax completion, SyntaxNode use)
    {
        for (StatementSyntax? statement = completion; statement is not null; statement = statement.Parent?.FirstAncestorOrSelf<StatementSyntax>())
        {
            if (Statements.ListOf(statement.Parent) is { } list && statement.Parent!.Span.Contains(use.Span)
                && list.FirstOrDefault(s => s.Span.Contains(use.Span)) is { } around)
            {
                return around.SpanStart > statement.SpanStart ? (statement, around) : null;
            }
        }

        return null;
    }
}
