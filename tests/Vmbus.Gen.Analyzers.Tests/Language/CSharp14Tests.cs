using Microsoft.CodeAnalysis;
using Vmbus.Gen.Analyzers.Tests.Completion;
using Vmbus.Gen.Analyzers.Tests.Irql;

namespace Vmbus.Gen.Analyzers.Tests.Language;

public sealed class CSharp14Tests
{
    [Fact]
    public void ItsCasesRunOnTheCompilerThatKnowsIt()
    {
        bool isNewer = typeof(Compilation).Assembly.GetName().Version!.Major >= 5;
        Assert.Equal(isNewer, CSharp14.IsKnown);
        Assert.Equal(isNewer, CompletionCatalogues.All.Any(static c => c.Row == ExtensionCatalogue.Row));
        Assert.Equal(isNewer, IrqlCatalogues.All.Any(static c => c.Row == IrqlExtensionCatalogue.Row));
    }
}
