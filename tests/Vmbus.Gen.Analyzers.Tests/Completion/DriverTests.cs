using Vmbus.Gen.Analyzers.Completion;
using Vmbus.Gen.Analyzers.Completion.Stored;
using Vmbus.Gen.TestKit.Analyzers;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Analyzers.Tests.Completion;

/// <summary>Whole drivers under all completion rules, those of stored packets among them.</summary>
public sealed class DriverTests
{
    private static readonly Dictionary<string, CompletionCase> Cases = DriverCatalogue.All.ToDictionary(static c => c.ToString());

    public static TheoryData<string> Rows => new(Cases.Keys);

    [Theory]
    [MemberData(nameof(Rows))]
    public Task DriverHasItsVerdict(string row)
        => new AnalyzerTest(TestProject.Of(Cases[row].Source), new PacketCompletionAnalyzer(), new StoredPacketAnalyzer()).RunAsync();
}
