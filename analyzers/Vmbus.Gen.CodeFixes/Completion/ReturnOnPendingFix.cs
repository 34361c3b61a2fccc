using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Vmbus.Gen.Analyzers.Descriptors;
using Vmbus.Gen.CodeFixes.Fixing;

namespace Vmbus.Gen.CodeFixes.Completion;

/// <summary>VMB107: returns where GetExternalData answered Pending, before anything else is done about its answer.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReturnOnPendingFix))]
[Shared]
public sealed class ReturnOnPendingFix : CompletionFix
{
    private const string UsualName = "status";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [RuleIds.ExternalDataPending];

    /// <inheritdoc/>
    private protected override IEnumerable<Fix> Candidates(FixScope scope, Diagnostic diagnostic)
    {
        if (scope.NodeAt<InvocationExpressionSyntax>(diagnostic) is { } call
            && call.FirstAncestorOrSelf<StatementSyntax>() is { } statement
            && Members.ReturnsNothing(Members.FunctionAround(call), scope)
            && Edits(call, statement) is { IsEmpty: false } edits)
        {
            yield return new Fix("Return on NtStatus.Pending", edits);
        }
    }

    private static ImmutableArray<NodeEdit> Edits(InvocationExpressionSyntax call, StatementSyntax statement)
    {
        switch (statement)
        {
            // The answer has a name already.
            case LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: var value } variable] } when value == call:
                return [NodeEdit.InsertBehind(statement, Guard(variable.Identifier.Text))];
            case ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: not "_" } name, Right: var value } } when value == call:
                return [NodeEdit.InsertBehind(statement, Guard(name.Identifier.Text))];
        }

        // It gets one.
        string status = Identifiers.Free(UsualName, Members.Around(call)!);
        StatementSyntax declared = SyntaxFactory.ParseStatement($"global::Vmbus.NtStatus {status} = {call.WithoutTrivia()};");
        return statement switch
        {
            ExpressionStatementSyntax { Expression: var expression } when expression == call || expression is AssignmentExpressionSyntax { Right: var ignored } && ignored == call
                => [NodeEdit.InsertBefore(statement, declared, Guard(status)), NodeEdit.Remove(statement)],
            IfStatementSyntax or SwitchStatementSyntax or LocalDeclarationStatementSyntax or ExpressionStatementSyntax when IsFirst(call, statement) && statement.Parent is BlockSyntax or SwitchSectionSyntax
                => [NodeEdit.InsertBefore(statement, declared, Guard(status)), NodeEdit.Exchange(call, old => SyntaxFactory.IdentifierName(status).WithTriviaFrom(old))],
            _ => [],
        };
    }

    private static StatementSyntax Guard(string status)
        => SyntaxFactory.ParseStatement($"if ({status} == global::Vmbus.NtStatus.Pending)\n{{\nreturn;\n}}");

    /// <summary>Whether nothing of a statement runs before the call, and the call always runs.</summary>
    private static bool IsFirst(InvocationExpressionSyntax call, StatementSyntax statement)
    {
        for (SyntaxNode node = call; node.Parent is { } parent && node != statement; node = parent)
        {
            bool isFirst = parent switch
            {
                BinaryExpressionSyntax binary => binary.Left == node,
                PrefixUnaryExpressionSyntax or ParenthesizedExpressionSyntax or CastExpressionSyntax => true,
                MemberAccessExpressionSyntax access => access.Expression == node,
                InvocationExpressionSyntax invoked => invoked.Expression == node,
                IsPatternExpressionSyntax matched => matched.Expression == node,
                SwitchExpressionSyntax switched => switched.GoverningExpression == node,
                IfStatementSyntax choice => choice.Condition == node && choice.Parent is not ElseClauseSyntax,
                SwitchStatementSyntax choice => choice.Expression == node,
                AssignmentExpressionSyntax { Left: IdentifierNameSyntax } assignment => assignment.Right == node,
                EqualsValueClauseSyntax { Parent.Parent: VariableDeclarationSyntax { Variables.Count: 1 } } => true,
                VariableDeclaratorSyntax or VariableDeclarationSyntax or LocalDeclarationStatementSyntax or ExpressionStatementSyntax => true,
                _ => false,
            };
            if (!isFirst)
            {
                return false;
            }
        }

        return true;
    }
}
