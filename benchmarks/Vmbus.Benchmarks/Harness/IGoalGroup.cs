namespace Vmbus.Benchmarks.Harness;

/// <summary>The goals of one area.</summary>
internal interface IGoalGroup
{
    /// <summary>The name by which the group is chosen on the command line.</summary>
    string Name { get; }

    /// <summary>Measures the goals one after the other.</summary>
    IEnumerable<Goal> Measure();
}
