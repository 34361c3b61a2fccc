using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Vmbus.Gen.CodeFixes.Fixing;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.CodeFixes.Completion;

/// <summary>A statement that does nothing but end a packet's duty: <c>packet.Complete(...);</c></summary>
internal sealed class CompletionCall(ExpressionStatementSyntax statement, InvocationExpressionSyntax call, IMethodSymbol method)
{
    public ExpressionStatementSyntax Statement { get; } = statement;

    public InvocationExpressionSyntax Call { get; } = call;

    public IMethodSymbol Method { get; } = method;

    /// <summary>Whether leaving the call out leaves nothing else out.</summary>
    public bool IsPure => Call.ArgumentList.Arguments.All(static a => Expressions.ArePure(a.Expression));

    public static CompletionCall? Of(FixScope scope, StatementSyntax? statement)
        => statement is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax } } call } expression
            && scope.Model.GetSymbolInfo(call, scope.Cancellation).Symbol is IMethodSymbol { Name: "Complete" or "Fail" or "DeferToPassive" } method
            && method.ContainingType.IsPacket()
            ? new CompletionCall(expression, call, method)
            : null;
}
