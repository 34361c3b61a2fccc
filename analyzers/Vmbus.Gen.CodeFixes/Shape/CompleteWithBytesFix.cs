using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Vmbus.Gen.Analyzers.Descriptors;
using Vmbus.Gen.CodeFixes.Fixing;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.CodeFixes.Shape;

/// <summary>VMB004: a handler that returns bytes takes its packet and completes it with them. Bytes of which type a text or an object is, only the author knows.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CompleteWithBytesFix))]
[Shared]
public sealed class CompleteWithBytesFix : BindingFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [RuleIds.UnknownReturnType];

    /// <inheritdoc/>
    private protected override IEnumerable<Fix> Candidates(FixScope scope, Diagnostic diagnostic)
    {
        if (HandlerOf.Find(scope, diagnostic) is not { Packet: null, SendsCompletions: true, Method: { } method, Symbol: { IsAsync: false, IsOverride: false, RefKind: RefKind.None } symbol }
            || method.Modifiers.Any(SyntaxKind.PartialKeyword)
            || !IsBytes(symbol.ReturnType))
        {
            yield break;
        }

        string packet = Identifiers.Free(TakePacketFix.UsualName, method);
        List<NodeEdit> edits =
        [
            NodeEdit.Of(method.ReturnType, static t => SyntaxFactory.PredefinedType(SyntaxFactory.Token(SyntaxKind.VoidKeyword)).WithTriviaFrom(t)),
            NodeEdit.Of(method.ParameterList, l => TakePacketFix.Insert(l, symbol.Parameters is [var first, ..] && first.Type.IsVmbus("VmbusChannel") ? 1 : 0, packet)),
        ];
        if (method.ExpressionBody is { } arrow)
        {
            edits.Add(NodeEdit.Of(arrow.Expression, e => Complete(packet, e).WithTriviaFrom(e)));
        }

        foreach (ReturnStatementSyntax returned in method.Body?.DescendantNodes().OfType<ReturnStatementSyntax>().Where(r => r.Expression is not null && Members.FunctionAround(r) == method) ?? [])
        {
            StatementSyntax completed = SyntaxFactory.ExpressionStatement(Complete(packet, returned.Expression!));
            edits.Add(NodeEdit.InsertBefore(returned, completed));
            edits.Add(returned.Parent == method.Body && method.Body!.Statements.Last() == returned
                ? NodeEdit.Remove(returned)
                : NodeEdit.Exchange(returned, static r => SyntaxFactory.ReturnStatement().WithTriviaFrom(r)));
        }

        yield return new Fix("Take the packet and complete it with the bytes", [.. edits]);
    }

    private static bool IsBytes(ITypeSymbol type)
        => type is IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Byte } || type.IsReadOnlySpanOfByte() || type.IsSpanOfByte();

    private static InvocationExpressionSyntax Complete(string packet, ExpressionSyntax bytes)
        => SyntaxFactory.InvocationExpression(
            SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, SyntaxFactory.IdentifierName(packet), SyntaxFactory.IdentifierName("Complete")),
            SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(bytes.WithoutTrivia()))));
}
