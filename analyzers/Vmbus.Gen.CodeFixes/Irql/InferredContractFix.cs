using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Vmbus.Gen.Analyzers.Descriptors;
using Vmbus.Gen.Analyzers.Irql.Reporting;
using Vmbus.Gen.CodeFixes.Fixing;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.CodeFixes.Irql;

/// <summary>VMB207: writes down the contract that a method's body implies.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InferredContractFix))]
[Shared]
public sealed class InferredContractFix : EditingCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [RuleIds.MissingContract];

    /// <inheritdoc/>
    private protected override string EquivalenceKey => nameof(InferredContractFix);

    /// <inheritdoc/>
    private protected override Fix? Find(FixScope scope, Diagnostic diagnostic)
    {
        if (scope.NodeAt<MethodDeclarationSyntax>(diagnostic) is not { } method
            || !diagnostic.Properties.TryGetValue(ContractReports.Attribute, out string? attribute) || attribute is null
            || !diagnostic.Properties.TryGetValue(ContractReports.Level, out string? level) || level is null)
        {
            return null;
        }

        return new Fix($"Add [{attribute}(Irql.{level})]", [NodeEdit.Of(method, m => Annotate(m, attribute, level))]);
    }

    private static MethodDeclarationSyntax Annotate(MethodDeclarationSyntax method, string attribute, string level)
    {
        SyntaxTriviaList leading = method.GetLeadingTrivia();
        AttributeSyntax written = SyntaxFactory.Attribute(
            (NameSyntax)TypeNames.Of(VmbusSymbols.Namespace + "." + attribute),
            SyntaxFactory.AttributeArgumentList(SyntaxFactory.SingletonSeparatedList(
                SyntaxFactory.AttributeArgument(TypeNames.MemberOf(VmbusSymbols.Namespace + ".Irql", level)))));
        bool startsLine = method.SyntaxTree.GetText().Lines.GetLineFromPosition(method.SpanStart) is var line && string.IsNullOrWhiteSpace(line.ToString().Substring(0, method.SpanStart - line.Start));
        SyntaxTriviaList indentation = SyntaxFactory.TriviaList(leading.Reverse().TakeWhile(static t => t.IsKind(SyntaxKind.WhitespaceTrivia)));
        AttributeListSyntax list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(written))
            .WithLeadingTrivia(leading)
            .WithTrailingTrivia(startsLine ? SyntaxFactory.ElasticCarriageReturnLineFeed : SyntaxFactory.Space);
        return method.WithLeadingTrivia(startsLine ? indentation : SyntaxFactory.TriviaList())
            .WithAttributeLists(method.AttributeLists.Insert(0, list));
    }
}
