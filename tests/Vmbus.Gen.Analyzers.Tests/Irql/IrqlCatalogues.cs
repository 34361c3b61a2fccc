using Vmbus.Gen.Analyzers.Tests.Language;

namespace Vmbus.Gen.Analyzers.Tests.Irql;

/// <summary>All cases of the rules about levels, but for those of <see cref="BlockingCatalogue"/>, which has only the rule about waiting in view.</summary>
internal static class IrqlCatalogues
{
    public static IReadOnlyList<IrqlCase> All { get; } =
    [
        .. ContractCatalogue.All,
        .. CallGraphCatalogue.All,
        .. ImpliedCallCatalogue.All,
        .. ExceptionCatalogue.All,
        .. LanguageCatalogue.All,
        .. PatternCatalogue.All,
        .. HandlerCatalogue.All,
        .. CSharp14.Only(IrqlExtensionCatalogue.All),
    ];
}
