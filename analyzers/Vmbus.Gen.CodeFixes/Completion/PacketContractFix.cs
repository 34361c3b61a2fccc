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

/// <summary>VMB109: says with the attribute that the body implies who owes the packet.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PacketContractFix))]
[Shared]
public sealed class PacketContractFix : EditingCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [RuleIds.SilentAboutDuty];

    /// <inheritdoc/>
    private protected override Fix? Find(FixScope scope, Diagnostic diagnostic)
        => scope.NodeAt<ParameterSyntax>(diagnostic) is { } parameter
            && diagnostic.Properties.TryGetValue(PublicContracts.AttributeProperty, out string? attribute) && attribute is not null
            ? new Fix($"Add [{attribute}] to '{parameter.Identifier.ValueText}'", [NodeEdit.Of(parameter, p => Annotate(p, attribute))])
            : null;

    private static ParameterSyntax Annotate(ParameterSyntax parameter, string attribute)
    {
        AttributeSyntax written = SyntaxFactory.Attribute((NameSyntax)TypeNames.Of(VmbusSymbols.Namespace + "." + attribute));
        AttributeListSyntax list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(written))
            .WithLeadingTrivia(parameter.GetLeadingTrivia())
            .WithTrailingTrivia(SyntaxFactory.Space);
        return parameter.WithLeadingTrivia().WithAttributeLists(parameter.AttributeLists.Insert(0, list));
    }
}
