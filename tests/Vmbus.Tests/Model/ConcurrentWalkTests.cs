using Vmbus.Tests.Channels;
using Xunit.Abstractions;

namespace Vmbus.Tests.Model;

public sealed class ConcurrentWalkTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_interleaving_keeps_the_rules_and_comes_to_its_end() => Walks(1500, BusKind.InProcess);

    [Fact]
    public void Every_interleaving_keeps_the_rules_and_comes_to_its_end_over_shared_memory() => Walks(400, BusKind.SharedMemory);

    [Theory]
    [InlineData(BusKind.InProcess)]
    [InlineData(BusKind.SharedMemory)]
    [Trait("Category", "Long")]
    public void Every_interleaving_keeps_the_rules_and_comes_to_its_end_for_long(BusKind bus) => Walks(50_000, bus, areNew: true);

    private void Walks(int count, BusKind bus, bool areNew = false)
    {
        WalkStatistics statistics = new();
        int made = WalkRunner.Check(WalkGenerator.Concurrent(length: 30, bus), count, areNew, walk => ConcurrentWalk.Run(walk, statistics));
        output.WriteLine($"{made} walks of three threads: {statistics}");
        statistics.RequireVariety(made);
    }
}
