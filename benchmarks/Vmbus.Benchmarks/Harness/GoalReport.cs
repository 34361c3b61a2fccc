using System.Diagnostics;
using System.Reflection;

namespace Vmbus.Benchmarks.Harness;

/// <summary>Prints a line a goal: name, goal, figure, and whether it is met.</summary>
internal static class GoalReport
{
    /// <summary>Measures the groups named, or all.</summary>
    /// <returns>0, whether the goals are met or not: a figure of a busy machine is no reason to fail a build. 1 if nothing was measured.</returns>
    public static int Run(IReadOnlyList<IGoalGroup> groups, IReadOnlyList<string> names, TextWriter output, TextWriter error)
    {
        if (typeof(VmbusChannel).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true })
        {
            error.WriteLine("This is a debug build, whose figures say nothing. Run it with -c Release.");
            return 1;
        }

        foreach (string name in names)
        {
            if (!groups.Any(group => group.Name == name))
            {
                error.WriteLine($"There is no group {name}; there are: {string.Join(", ", groups.Select(group => group.Name))}.");
                return 1;
            }
        }

        if (Environment.ProcessorCount == 1)
        {
            error.WriteLine("Only one processor is visible: the runtime optimizes late, and warming up takes longer.");
        }

        foreach (IGoalGroup group in groups)
        {
            if (names.Count > 0 && !names.Contains(group.Name))
            {
                continue;
            }

            foreach (Goal goal in group.Measure())
            {
                output.WriteLine($"{goal.Name,-52}  {goal.Target,-10}  {goal.Figure,-20}  {(goal.IsMet ? "met" : "not met")}");
            }
        }

        return 0;
    }
}
