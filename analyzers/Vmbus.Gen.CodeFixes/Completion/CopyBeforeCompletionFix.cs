using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Vmbus.Gen.Analyzers.Completion;
using Vmbus.Gen.Analyzers.Descriptors;
using Vmbus.Gen.CodeFixes.Fixing;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.CodeFixes.Completion;

/// <summary>VMB103, VMB301, VMB304: what is read too late is copied before the completion: a value, a structure, or the bytes of a span.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CopyBeforeCompletionFix))]
[Shared]
public sealed class CopyBeforeCompletionFix : CompletionFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [RuleIds.UsedAfterCompletion, RuleIds.BufferUsedLate, RuleIds.ExternalDataUsedLate];

    /// <inheritdoc/>
    private protected override IEnumerable<Fix> Candidates(FixScope scope, Diagnostic diagnostic)
    {
        if (scope.NodeAt<ExpressionSyntax>(diagnostic) is not { } use)
        {
            yield break;
        }

        foreach (StatementSyntax completion in EarlierCompletion.Candidates(scope, diagnostic))
        {
            if (EarlierCompletion.InOneList(completion, use)?.Completion is { } place)
            {
                foreach (Fix fix in use.DescendantNodesAndSelf().OfType<ExpressionSyntax>().SelectMany(e => Copies(scope, place, e)))
                {
                    yield return fix;
                }
            }
        }
    }

    private static IEnumerable<Fix> Copies(FixScope scope, StatementSyntax place, ExpressionSyntax read)
    {
        if (LateRead.Of(read, scope) is not { } late)
        {
            yield break;
        }

        string name = Identifiers.Free(late.CopyName, Members.Around(place)!);
        StatementSyntax copy = SyntaxFactory.ParseStatement($"{late.CopyType} {name} = {late.CopyValue};");
        ImmutableArray<ExpressionSyntax> all = [.. Later(place).Where(e => SyntaxFactory.AreEquivalent(e, read) && late.IsSame(e, scope))];
        foreach (ImmutableArray<ExpressionSyntax> some in new[] { all, [read] })
        {
            yield return new Fix(
                $"Copy '{read}' before the completion",
                [NodeEdit.InsertBefore(place, copy), .. some.Select(e => NodeEdit.Exchange(e, old => SyntaxFactory.IdentifierName(name).WithTriviaFrom(old)))]);
        }
    }

    /// <summary>The expressions behind a statement, in its list.</summary>
    private static IEnumerable<ExpressionSyntax> Later(StatementSyntax statement)
        => Statements.ListOf(statement.Parent)!.Value.Where(s => s.SpanStart > statement.SpanStart).SelectMany(static s => s.DescendantNodes().OfType<ExpressionSyntax>());

    /// <summary>Something of a packet that is read, and what a copy of it is.</summary>
    private sealed class LateRead(ISymbol root, ITypeSymbol type, string typeName, string name, string value)
    {
        public string CopyType { get; } = typeName;

        public string CopyName { get; } = name;

        public string CopyValue { get; } = value;

        public static LateRead? Of(ExpressionSyntax read, FixScope scope)
        {
            ISymbol? symbol = scope.Model.GetSymbolInfo(read, scope.Cancellation).Symbol;
            if (scope.Model.GetTypeInfo(read, scope.Cancellation).Type is not { } type || RootOf(read, scope) is not { } root || IsWritten(read))
            {
                return null;
            }

            string name = type.ToMinimalDisplayString(scope.Model, read.SpanStart);
            switch (read)
            {
                case MemberAccessExpressionSyntax when symbol is IPropertySymbol or IFieldSymbol && !type.IsRefLikeType && type.TypeKind != TypeKind.Pointer && !ViewTypes.IsMemory(type):
                    return new LateRead(root, type, name, Lower(symbol.Name), read.WithoutTrivia().ToString());
                case MemberAccessExpressionSyntax or IdentifierNameSyntax when symbol is IPropertySymbol or ILocalSymbol or IParameterSymbol && (ViewTypes.IsSpan(type) || ViewTypes.IsMemory(type)):
                    string elements = ((INamedTypeSymbol)type).TypeArguments[0].ToMinimalDisplayString(scope.Model, read.SpanStart);
                    return new LateRead(
                        root, type, (ViewTypes.IsSpan(type) ? "ReadOnlySpan<" : "ReadOnlyMemory<") + elements + ">", Lower(symbol.Name) + "Copy", read.WithoutTrivia() + ".ToArray()");
                case IdentifierNameSyntax when type.IsUnmanagedType && type.TypeKind != TypeKind.Pointer && (symbol is IParameterSymbol { RefKind: not RefKind.None } or ILocalSymbol { RefKind: not RefKind.None }):
                    return new LateRead(root, type, name, Lower(symbol.Name) + "Copy", read.WithoutTrivia().ToString());
                default:
                    return null;
            }
        }

        /// <summary>Whether another expression with this text reads the same.</summary>
        public bool IsSame(ExpressionSyntax other, FixScope scope)
            => SymbolEqualityComparer.Default.Equals(RootOf(other, scope), root) && SymbolEqualityComparer.Default.Equals(scope.Model.GetTypeInfo(other, scope.Cancellation).Type, type)
                && !IsWritten(other);

        /// <summary>The local or parameter at which an access begins.</summary>
        private static ISymbol? RootOf(ExpressionSyntax expression, FixScope scope)
        {
            while (expression is MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.SimpleMemberAccessExpression } access)
            {
                expression = access.Expression;
            }

            return expression is IdentifierNameSyntax && scope.Model.GetSymbolInfo(expression, scope.Cancellation).Symbol is (ILocalSymbol or IParameterSymbol) and var symbol ? symbol : null;
        }

        private static bool IsWritten(ExpressionSyntax expression)
            => (expression.Parent is AssignmentExpressionSyntax assignment && assignment.Left == expression)
                || expression.Parent is ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.RefKeyword or (int)SyntaxKind.OutKeyword } or RefExpressionSyntax;

        private static string Lower(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);
    }
}
