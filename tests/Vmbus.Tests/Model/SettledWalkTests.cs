using Vmbus.Tests.Channels;
using Xunit.Abstractions;

namespace Vmbus.Tests.Model;

public sealed class SettledWalkTests(ITestOutputHelper output)
{
    [Fact]
    public void Both_endpoints_follow_the_state_model() => Walks(1500, BusKind.InProcess);

    [Fact]
    public void Both_endpoints_follow_the_state_model_over_shared_memory() => Walks(400, BusKind.SharedMemory);

    [Theory]
    [InlineData(BusKind.InProcess)]
    [InlineData(BusKind.SharedMemory)]
    [Trait("Category", "Long")]
    public void Both_endpoints_follow_the_state_model_for_long(BusKind bus) => Walks(20_000, bus, areNew: true);

    private void Walks(int count, BusKind bus, bool areNew = false)
    {
        WalkStatistics statistics = new();
        int made = WalkRunner.Check(WalkGenerator.Sequential(length: 40, bus), count, areNew, walk => SettledWalk.Run(walk, statistics));
        output.WriteLine($"{made} walks: {statistics}");
        statistics.RequireVariety(made);
    }
}
