using System.Globalization;
using Microsoft.CodeAnalysis;
using Vmbus.Gen.Analyzers.Completion;
using Vmbus.Gen.TestKit.Analyzers;
using static Vmbus.Gen.Analyzers.Tests.Completion.CompletionSource;

namespace Vmbus.Gen.Analyzers.Tests.Completion;

public sealed class NotCompletedTests
{
    public static TheoryData<string> Rows => new(CompletionCatalogue.All.Select(static c => c.ToString()));

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task PatternHasItsVerdict(string row)
    {
        CompletionCase pattern = CompletionCatalogue.All.Single(c => c.ToString() == row);
        await AnalyzerVerifier<PacketCompletionAnalyzer>.VerifyRuleAsync("VMB101", pattern.Source);
    }
}
