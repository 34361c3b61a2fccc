using Xunit.Abstractions;

namespace Vmbus.Tests.Model;

public sealed class ConcurrentWalkTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_interleaving_keeps_the_rules_and_comes_to_its_end() => Walks(1500);

    [Fact]
    [Trait("Category", "Long")]
    public void Every_interleaving_keeps_the_rules_and_comes_to_its_end_for_long() => Walks(50_000);

    private void Walks(int count)
    {
        WalkStatistics statistics = new();
        int made = WalkRunner.Check(WalkGenerator.Concurrent(length: 30), count, walk => ConcurrentWalk.Run(walk, statistics));
        output.WriteLine($"{made} walks of three threads: {statistics}");
        statistics.RequireVariety(made);
    }
}
