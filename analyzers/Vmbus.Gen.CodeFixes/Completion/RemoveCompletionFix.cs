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

/// <summary>VMB102: removes the later completion, with the branch or the finally in which it is all.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveCompletionFix))]
[Shared]
public sealed class RemoveCompletionFix : CompletionFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [RuleIds.CompletedTwice];

    /// <inheritdoc/>
    private protected override IEnumerable<Fix> Candidates(FixScope scope, Diagnostic diagnostic)
    {
        // In a loop the earlier one may be the same.
        if (CompletionCall.Of(scope, scope.NodeAt<StatementSyntax>(diagnostic)) is { IsPure: true } second
            && second.Call.Span == diagnostic.Location.SourceSpan
            && EarlierCompletion.Of(scope, diagnostic) != second.Statement
            && Removal(second.Statement) is { IsEmpty: false } edits)
        {
            yield return new Fix($"Remove '{PathText.Shorten(second.Statement)}'", edits);
        }
    }

    private static ImmutableArray<NodeEdit> Removal(StatementSyntax statement) => statement.Parent switch
    {
        _ when statement.ContainsDirectives => [],
        BlockSyntax { Statements.Count: 1, Parent: FinallyClauseSyntax { Parent: TryStatementSyntax attempt } } => WithoutFinally(attempt),
        BlockSyntax { Statements.Count: 1, Parent: ElseClauseSyntax { Parent: IfStatementSyntax choice } } => [WithoutElse(choice)],
        BlockSyntax { Statements.Count: 1, Parent: IfStatementSyntax { Else: null } choice } when CanGo(choice) => Removal(choice),
        ElseClauseSyntax { Parent: IfStatementSyntax choice } => [WithoutElse(choice)],
        IfStatementSyntax { Else: null } choice when CanGo(choice) => Removal(choice),
        IfStatementSyntax => [NodeEdit.Exchange(statement, static _ => Statements.BlockOf())],
        BlockSyntax or SwitchSectionSyntax => [NodeEdit.Remove(statement)],
        _ => [],
    };

    private static bool CanGo(IfStatementSyntax choice) => Expressions.ArePure(choice.Condition) && Statements.ListOf(choice.Parent) is not null && !choice.ContainsDirectives;

    private static NodeEdit WithoutElse(IfStatementSyntax choice)
        => NodeEdit.Of(choice, static c => c.WithElse(null).WithTrailingTrivia(c.GetTrailingTrivia()));

    /// <summary>Without a catch, what was tried takes the place of the try.</summary>
    private static ImmutableArray<NodeEdit> WithoutFinally(TryStatementSyntax attempt)
        => attempt.Catches.Count > 0 ? [NodeEdit.Of(attempt, static t => t.WithFinally(null).WithTrailingTrivia(t.GetTrailingTrivia()))]
            : Statements.ListOf(attempt.Parent) is null ? []
            : [NodeEdit.InsertBefore(attempt, [.. attempt.Block.Statements]), NodeEdit.Remove(attempt)];
}
