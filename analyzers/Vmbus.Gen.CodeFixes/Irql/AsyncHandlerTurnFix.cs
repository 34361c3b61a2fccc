using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using Vmbus.Gen.Analyzers.Descriptors;
using Vmbus.Gen.CodeFixes.Completion;
using Vmbus.Gen.CodeFixes.Fixing;
using Vmbus.Gen.CodeFixes.Shape;

namespace Vmbus.Gen.CodeFixes.Irql;

/// <summary>
/// VMB201: a handler that waits for a task awaits it, at PASSIVE_LEVEL. What it returns, or completes with as its last act, becomes the result of its task.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AsyncHandlerTurnFix))]
[Shared]
public sealed class AsyncHandlerTurnFix : MovingFix
{
    private const string ValueTask = "System.Threading.Tasks.ValueTask";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [RuleIds.BlocksAtDispatch];

    /// <inheritdoc/>
    private protected override bool ReachesBeyondMember => true;

    /// <inheritdoc/>
    private protected override IEnumerable<Fix> Candidates(FixScope scope, Diagnostic diagnostic)
    {
        if (HandlerOf.Find(scope, diagnostic) is not { Symbol: { IsAsync: false, DeclaredAccessibility: Accessibility.Private, ReturnsByRef: false, ReturnsByRefReadonly: false } symbol } handler
            || handler.Method.Modifiers.Any(SyntaxKind.PartialKeyword)
            || handler.Method.DescendantNodes().OfType<CatchDeclarationSyntax>().Any(static c => c.Type.ToString().EndsWith("AggregateException", StringComparison.Ordinal))
            || Waits(scope, handler.Method) is not { Length: > 0 } waits
            || !waits.Any(w => w.Span == diagnostic.Location.SourceSpan)
            || Answer.Of(scope, handler) is not { } answer)
        {
            yield break;
        }

        ImmutableArray<NodeEdit>.Builder edits = ImmutableArray.CreateBuilder<NodeEdit>();
        edits.Add(NodeEdit.Of(handler.Attribute, AsyncHandlerFix.SetPassive));
        edits.Add(NodeEdit.Of(handler.Method, method => Turn(method, symbol, answer, handler.Packet)));
        edits.AddRange(waits.Select(static w => NodeEdit.Exchange(w, static current => Await((ExpressionSyntax)current))));
        edits.AddRange(answer.Edits);
        yield return new Fix("Run the handler at PASSIVE_LEVEL and await", edits.ToImmutable());
    }

    /// <summary>The waits for tasks that an <c>await</c> can stand for: not in a lambda, where it would be another method's, nor in a lock.</summary>
    private static ExpressionSyntax[] Waits(FixScope scope, MethodDeclarationSyntax method)
    {
        ExpressionSyntax[] all = [.. method.DescendantNodes().OfType<ExpressionSyntax>().Where(e => TaskOf(e) is { } task && IsTask(scope.Model.GetTypeInfo(task, scope.Cancellation).Type))];
        return Array.Exists(all, w => Members.FunctionAround(w) != method || w.Ancestors().Any(static a => a is LockStatementSyntax)) ? [] : all;
    }

    /// <summary>What is waited for by an expression.</summary>
    private static ExpressionSyntax? TaskOf(SyntaxNode wait) => wait switch
    {
        InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Wait", Expression: var task } } => task,
        InvocationExpressionSyntax
        {
            ArgumentList.Arguments.Count: 0,
            Expression: MemberAccessExpressionSyntax
            {
                Name.Identifier.ValueText: "GetResult",
                Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetAwaiter", Expression: var task } },
            },
        } => task,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result", Expression: var task } => task,
        _ => null,
    };

    private static bool IsTask(ITypeSymbol? type)
        => type is INamedTypeSymbol { Name: "Task" or "ValueTask", ContainingNamespace: { Name: "Tasks", ContainingNamespace: { Name: "Threading", ContainingNamespace.Name: "System" } } };

    private static ExpressionSyntax Await(ExpressionSyntax wait)
    {
        ExpressionSyntax task = TaskOf(wait)!.WithoutTrivia();
        ExpressionSyntax awaited = SyntaxFactory.AwaitExpression(SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(SyntaxFactory.Space), task);
        return (wait.Parent is ExpressionStatementSyntax or EqualsValueClauseSyntax or ArrowExpressionClauseSyntax or ReturnStatementSyntax or ArgumentSyntax
            ? awaited
            : SyntaxFactory.ParenthesizedExpression(awaited)).WithTriviaFrom(wait);
    }

    private static MethodDeclarationSyntax Turn(MethodDeclarationSyntax method, IMethodSymbol symbol, Answer answer, IParameterSymbol? packet)
    {
        TypeSyntax task = answer.Type is null ? TypeNames.Of(ValueTask)
            : SyntaxFactory.QualifiedName(
                (NameSyntax)SyntaxFactory.ParseTypeName("global::System.Threading.Tasks"),
                SyntaxFactory.GenericName(SyntaxFactory.Identifier("ValueTask"), SyntaxFactory.TypeArgumentList(SyntaxFactory.SingletonSeparatedList(answer.Type.WithoutTrivia()))))
                .WithAdditionalAnnotations(Simplifier.Annotation);
        SyntaxToken keyword = SyntaxFactory.Token(SyntaxKind.AsyncKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        SyntaxTriviaList lead = method.ReturnType.GetLeadingTrivia();
        method = method.Modifiers.Count > 0
            ? method.WithModifiers(method.Modifiers.Add(keyword)).WithReturnType(task.WithTriviaFrom(method.ReturnType))
            : method.WithModifiers(SyntaxFactory.TokenList(keyword.WithLeadingTrivia(lead))).WithReturnType(task.WithTrailingTrivia(method.ReturnType.GetTrailingTrivia()));
        ParameterListSyntax parameters = packet is null ? method.ParameterList : ParameterLists.Without(method.ParameterList, packet.Ordinal);
        return method.WithParameterList(parameters.WithParameters(SyntaxFactory.SeparatedList(parameters.Parameters.Select(AsyncHandlerFix.ByValue), parameters.Parameters.GetSeparators())));
    }

    /// <summary>What the handler answers with: what it returns, or, where it owes the completion, what its last act completes with.</summary>
    private sealed class Answer(TypeSyntax? type, ImmutableArray<NodeEdit> edits)
    {
        public TypeSyntax? Type { get; } = type;

        public ImmutableArray<NodeEdit> Edits { get; } = edits;

        public static Answer? Of(FixScope scope, HandlerOf handler)
        {
            if (handler.Packet is not { } packet)
            {
                return handler.Symbol.ReturnsVoid ? null : new Answer(handler.Method.ReturnType, []);
            }

            if (handler is not { Symbol.ReturnsVoid: true, Method.Body: { Statements: [.., { } last] } body }
                || CompletionCall.Of(scope, last) is not { Method: { Name: "Complete" } complete } call
                || body.DescendantNodes().OfType<IdentifierNameSyntax>().Count(i => i.Identifier.ValueText == packet.Name) != 1)
            {
                return null;
            }

            return call.Call.ArgumentList.Arguments switch
            {
                [] => new Answer(null, [NodeEdit.Remove(last)]),
                [{ Expression: var value }] when complete.TypeArguments is [{ } payload] && handler.SendsCompletions
                    => new Answer(
                        SyntaxFactory.ParseTypeName(payload.ToMinimalDisplayString(scope.Model, handler.Method.SpanStart)),
                        [NodeEdit.Exchange(last, s => SyntaxFactory.ReturnStatement(value.WithoutTrivia().WithLeadingTrivia(SyntaxFactory.Space)).WithTriviaFrom(s))]),
                _ => null,
            };
        }
    }
}
