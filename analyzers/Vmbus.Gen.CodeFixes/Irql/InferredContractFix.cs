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
        AttributeSyntax written = SyntaxFactory.Attribute(
            (NameSyntax)TypeNames.Of(VmbusSymbols.Namespace + "." + attribute),
            SyntaxFactory.AttributeArgumentList(SyntaxFactory.SingletonSeparatedList(
                SyntaxFactory.AttributeArgument(TypeNames.MemberOf(VmbusSymbols.Namespace + ".Irql", level)))));
        return AttributeLists.Prepend(method, written);
    }
}
