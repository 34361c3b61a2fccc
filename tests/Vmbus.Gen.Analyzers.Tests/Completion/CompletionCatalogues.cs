using Vmbus.Gen.Analyzers.Tests.Language;

namespace Vmbus.Gen.Analyzers.Tests.Completion;

/// <summary>All cases of the completion and lifetime rules.</summary>
internal static class CompletionCatalogues
{
    public static IReadOnlyList<CompletionCase> All { get; } =
    [
        .. CompletionCatalogue.All,
        .. FurtherRulesCatalogue.All,
        .. SentenceCatalogue.All,
        .. LifetimeCatalogue.All,
        .. ConstructCatalogue.All,
        .. ImpliedCodeCatalogue.All,
        .. PartCatalogue.All,
        .. RandomRunCatalogue.All,
        .. CSharp14.Only(ExtensionCatalogue.All),
        .. CSharp14.Only(CSharp14Catalogue.All),
    ];
}
