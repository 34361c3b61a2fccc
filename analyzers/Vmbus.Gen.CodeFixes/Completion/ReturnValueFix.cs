using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Vmbus.Gen.Analyzers.Descriptors;
using Vmbus.Gen.CodeFixes.Fixing;
using Vmbus.Gen.CodeFixes.Shape;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.CodeFixes.Completion;

/// <summary>
/// VMB101, VMB102: lets a handler return what it completes with, so that generated code completes exactly once. For a handler that only ever completes with one
/// type; a path that says nothing answers STATUS_UNSUCCESSFUL where the answer is a status, and is for the author elsewhere.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReturnValueFix))]
[Shared]
public sealed class ReturnValueFix : CompletionFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [RuleIds.NotCompleted, RuleIds.CompletedTwice];

    /// <inheritdoc/>
    private protected override bool ReachesBeyondMember => true;

    /// <inheritdoc/>
    private protected override IEnumerable<Fix> Candidates(FixScope scope, Diagnostic diagnostic)
    {
        if (HandlerOf.Find(scope, diagnostic) is not { Method: { Body: { } body } method, Symbol: { ReturnsVoid: true, IsAsync: false, DeclaredAccessibility: Accessibility.Private }, Packet: { } packet, SendsCompletions: true }
            || method.Modifiers.Any(SyntaxKind.PartialKeyword)
            || Answers(scope, body, packet) is not { Count: > 0 } answers)
        {
            yield break;
        }

        ITypeSymbol type = answers[0].Method.TypeArguments[0];
        string name = type.ToMinimalDisplayString(scope.Model, method.SpanStart);
        ParameterSyntax parameter = method.ParameterList.Parameters[packet.Ordinal];
        ImmutableArray<NodeEdit>.Builder edits = ImmutableArray.CreateBuilder<NodeEdit>();
        edits.Add(NodeEdit.Of(method.ReturnType, t => SyntaxFactory.ParseTypeName(name).WithTriviaFrom(t)));
        edits.Add(NodeEdit.Of(method.ParameterList, l => ParameterLists.Without(l, packet.Ordinal)));
        HashSet<StatementSyntax> gone = [];
        foreach (CompletionCall answer in answers)
        {
            ExpressionSyntax value = answer.Call.ArgumentList.Arguments[0].Expression;
            edits.Add(NodeEdit.Exchange(answer.Statement, s => Return(value).WithTriviaFrom(s)));
            if (Next(answer.Statement) is ReturnStatementSyntax next && next.Parent == answer.Statement.Parent)
            {
                gone.Add(next);
                edits.Add(NodeEdit.Remove(next));
            }
        }

        foreach (ReturnStatementSyntax silent in body.DescendantNodes().OfType<ReturnStatementSyntax>().Where(r => Members.FunctionAround(r) == method && !gone.Contains(r)))
        {
            edits.Add(NodeEdit.Exchange(silent, static s => Return(Unsuccessful()).WithTriviaFrom(s)));
        }

        string title = $"Return the {name} instead of completing with it";
        bool isStatus = type.IsVmbus("NtStatus");
        if (isStatus || gone.Count == edits.Count(static e => e.Removes))
        {
            yield return new Fix(title, edits.ToImmutable());
        }

        if (isStatus)
        {
            edits.Add(Statements.Append(body, Return(Unsuccessful())));
            yield return new Fix(title, edits.ToImmutable());
        }
    }

    /// <summary>The completions of a handler that does nothing else with its packet, each of them the last thing that it does; null for others.</summary>
    private static IReadOnlyList<CompletionCall>? Answers(FixScope scope, BlockSyntax body, IParameterSymbol packet)
    {
        List<CompletionCall> answers = [];
        foreach (IdentifierNameSyntax use in body.DescendantNodes().OfType<IdentifierNameSyntax>().Where(i => i.Identifier.ValueText == packet.Name))
        {
            if (!SymbolEqualityComparer.Default.Equals(scope.Model.GetSymbolInfo(use, scope.Cancellation).Symbol, packet))
            {
                continue;
            }

            if (CompletionCall.Of(scope, use.FirstAncestorOrSelf<StatementSyntax>()) is not { Method: { Name: "Complete", TypeArguments.Length: 1 }, Call.ArgumentList.Arguments.Count: 1 } answer
                || !SymbolEqualityComparer.IncludeNullability.Equals(answer.Method.TypeArguments[0], (answers.FirstOrDefault() ?? answer).Method.TypeArguments[0])
                || !IsLast(scope, answer.Statement))
            {
                return null;
            }

            answers.Add(answer);
        }

        return answers;
    }

    /// <summary>Whether the handler does nothing after a completion, but for completing again.</summary>
    private static bool IsLast(FixScope scope, StatementSyntax statement)
        => Next(statement) is null or ReturnStatementSyntax { Expression: null } || CompletionCall.Of(scope, Next(statement)) is not null;

    /// <summary>The statement that runs next; the statement itself where that is not plain; null at the end of the body.</summary>
    private static StatementSyntax? Next(StatementSyntax statement)
    {
        for (StatementSyntax current = statement; ;)
        {
            switch (current.Parent)
            {
                case BlockSyntax block when block.Statements.IndexOf(current) + 1 is var index && index < block.Statements.Count:
                    return block.Statements[index];
                case BlockSyntax { Parent: MethodDeclarationSyntax }:
                    return null;
                case BlockSyntax block:
                    current = block;
                    break;
                case IfStatementSyntax choice:
                    current = choice;
                    break;
                case ElseClauseSyntax { Parent: IfStatementSyntax choice }:
                    current = choice;
                    break;
                default:
                    return current;
            }
        }
    }

    private static ReturnStatementSyntax Return(ExpressionSyntax value)
        => SyntaxFactory.ReturnStatement(value.WithoutTrivia().WithLeadingTrivia(SyntaxFactory.Space));

    private static ExpressionSyntax Unsuccessful() => TypeNames.MemberOf(VmbusSymbols.Namespace + ".NtStatus", "Unsuccessful");
}
