using System.Collections.Immutable;
using Vmbus.Gen.Analyzers.Irql;
using Vmbus.Gen.TestKit.Analyzers;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Analyzers.Tests.Irql;

public sealed class ContractTests
{
    /// <summary>All rules of the family that warn: where one of them speaks, the others are silent.</summary>
    internal static readonly ImmutableHashSet<string> Warnings = ["VMB201", "VMB202", "VMB203", "VMB204", "VMB205", "VMB206", "VMB208"];

    public static TheoryData<string> Rows => new(IrqlCatalogues.All.Select(static c => c.ToString()));

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task PatternHasItsVerdict(string row)
    {
        IrqlCase pattern = IrqlCatalogues.All.Single(c => c.ToString() == row);
        await new AnalyzerTest(TestProject.Of(pattern.Source) with { AllowUnsafe = true }, new IrqlAnalyzer()) { EnabledIds = Warnings }.RunAsync();
    }
}
