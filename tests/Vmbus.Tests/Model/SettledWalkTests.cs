using Xunit.Abstractions;

namespace Vmbus.Tests.Model;

public sealed class SettledWalkTests(ITestOutputHelper output)
{
    [Fact]
    public void Both_endpoints_follow_the_state_model() => Walks(1500);

    [Fact]
    [Trait("Category", "Long")]
    public void Both_endpoints_follow_the_state_model_for_long() => Walks(20_000);

    private void Walks(int count)
    {
        WalkStatistics statistics = new();
        int made = WalkRunner.Check(WalkGenerator.Sequential(length: 40), count, walk => SettledWalk.Run(walk, statistics));
        output.WriteLine($"{made} walks: {statistics}");
        statistics.RequireVariety(made);
    }
}
