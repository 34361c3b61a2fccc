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

namespace Vmbus.Gen.CodeFixes.Irql;

/// <summary>
/// VMB201, VMB202: pends the packet and goes on in a work item, which runs at PASSIVE_LEVEL, from the statement that blocks to where the handler ends. What
/// that part takes by reference is copied; one that needs a span stays, and so does one that stops its own channel, which would wait for the pended packet.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PassiveWorkItemFix))]
[Shared]
public sealed class PassiveWorkItemFix : MovingFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [RuleIds.BlocksAtDispatch, RuleIds.RequiresLower];

    /// <inheritdoc/>
    private protected override IEnumerable<Fix> Candidates(FixScope scope, Diagnostic diagnostic)
    {
        if (HandlerOf.Find(scope, diagnostic) is not { Method: { Body: { } body } method, Symbol: { ReturnsVoid: true, IsAsync: false } symbol } handler
            || scope.NodeAt<SyntaxNode>(diagnostic) is not { } blocking
            || Members.FunctionAround(blocking) != method
            || scope.Model.GetSymbolInfo(blocking, scope.Cancellation).Symbol is { ContainingType: { } type } && type.IsVmbus("VmbusChannel"))
        {
            yield break;
        }

        for (StatementSyntax? first = blocking.FirstAncestorOrSelf<StatementSyntax>(); first is not null && first != body; first = first.Parent?.FirstAncestorOrSelf<StatementSyntax>())
        {
            if (first.Parent is BlockSyntax list && EndsTheHandler(list, body) && Move(scope, handler, symbol, list, first) is { IsEmpty: false } edits)
            {
                yield return new Fix("Pend the packet and go on in a work item at PASSIVE_LEVEL", edits);
            }
        }
    }

    /// <summary>Whether the handler is over where a block is.</summary>
    private static bool EndsTheHandler(BlockSyntax list, BlockSyntax body) => list == body || list.Statements[list.Statements.Count - 1] is ReturnStatementSyntax;

    private static ImmutableArray<NodeEdit> Move(FixScope scope, HandlerOf handler, IMethodSymbol symbol, BlockSyntax list, StatementSyntax first)
    {
        ImmutableArray<StatementSyntax> moved = [.. list.Statements.Skip(list.Statements.IndexOf(first))];
        Dictionary<ISymbol, string> renamed = new(SymbolEqualityComparer.Default);
        List<StatementSyntax> before = [];
        foreach (IParameterSymbol parameter in symbol.Parameters.Where(p => IsUsed(scope, moved, p)))
        {
            if (SymbolEqualityComparer.Default.Equals(parameter, handler.Packet))
            {
                renamed[parameter] = Declare(before, handler.Method, "global::Vmbus.PendingPacket", "pending", Identifiers.Escape(parameter.Name) + ".Pend()");
            }
            else if (parameter.RefKind != RefKind.None)
            {
                string type = parameter.Type.ToMinimalDisplayString(scope.Model, first.SpanStart);
                renamed[parameter] = Declare(before, handler.Method, type, parameter.Name + "Copy", Identifiers.Escape(parameter.Name));
            }
        }

        StatementSyntax[] inside = [.. moved.Select(s => s.ReplaceNodes(
            s.DescendantNodes().OfType<IdentifierNameSyntax>().Where(i => scope.Model.GetSymbolInfo(i, scope.Cancellation).Symbol is { } used && renamed.ContainsKey(used)),
            (old, _) => SyntaxFactory.IdentifierName(renamed[scope.Model.GetSymbolInfo(old, scope.Cancellation).Symbol!]).WithTriviaFrom(old)))];
        if (list != handler.Method.Body || inside[inside.Length - 1] is ReturnStatementSyntax { Expression: null })
        {
            inside = [.. inside.Take(inside.Length - 1)];
        }

        if (inside.Length == 0)
        {
            return [];
        }

        before.Add(WorkItem(inside, Identifiers.Free("_", handler.Method)));
        if (list != handler.Method.Body)
        {
            before.Add(SyntaxFactory.ParseStatement("return;"));
        }

        return [NodeEdit.InsertBefore(first, [.. before]), .. moved.Select(NodeEdit.Remove)];
    }

    private static bool IsUsed(FixScope scope, ImmutableArray<StatementSyntax> statements, IParameterSymbol parameter)
        => statements.Any(s => s.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Any(i => i.Identifier.ValueText == parameter.Name && SymbolEqualityComparer.Default.Equals(scope.Model.GetSymbolInfo(i, scope.Cancellation).Symbol, parameter)));

    private static string Declare(List<StatementSyntax> before, MethodDeclarationSyntax method, string type, string wanted, string value)
    {
        string name = Identifiers.Free(wanted, method);
        before.Add(SyntaxFactory.ParseStatement($"{type} {name} = {value};"));
        return name;
    }

    private static StatementSyntax WorkItem(StatementSyntax[] inside, string state)
    {
        ExpressionSyntax queue = ((ExpressionStatementSyntax)SyntaxFactory.ParseStatement($"global::System.Threading.ThreadPool.QueueUserWorkItem({state} => {{ }});")).Expression;
        InvocationExpressionSyntax call = (InvocationExpressionSyntax)queue;
        var lambda = (SimpleLambdaExpressionSyntax)call.ArgumentList.Arguments[0].Expression;
        StatementSyntax[] laid = [.. inside.Select(static (s, i) => i == 0 ? s.WithLeadingTrivia(s.GetLeadingTrivia().SkipWhile(static t => t.IsKind(SyntaxKind.EndOfLineTrivia))) : s)];
        return SyntaxFactory.ExpressionStatement(call.ReplaceNode(lambda, lambda.WithBlock(SyntaxFactory.Block(laid))));
    }
}
