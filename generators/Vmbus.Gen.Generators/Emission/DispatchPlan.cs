namespace Vmbus.Gen.Generators.Emission;

/// <summary>How a message type finds its <c>case</c>: decided here and nowhere else.</summary>
internal abstract record DispatchPlan
{
    /// <summary>
    /// Up to this many runs of neighbouring message types the compiler's comparison tree is the fastest; beyond it, it takes too many branches that cannot
    /// be predicted, and one multiplication and one table look-up win.
    /// </summary>
    private const int MaximumRuns = 16;

    /// <summary>The <c>switch</c> is on the message type: a jump table for each run, a comparison tree over the runs.</summary>
    public sealed record OnMessageType : DispatchPlan;

    /// <summary>The <c>switch</c> is on the index of the message type in a perfect hash table.</summary>
    public sealed record OnIndex(PerfectHash Hash) : DispatchPlan;

    /// <param name="messageTypes">All message types of a class, ascending.</param>
    /// <param name="size">Their size in bytes.</param>
    public static DispatchPlan For(IReadOnlyList<ulong> messageTypes, int size)
        => CountRuns(messageTypes) > MaximumRuns && PerfectHash.Find(messageTypes, size) is { } hash ? new OnIndex(hash) : new OnMessageType();

    /// <summary>The number of stretches, at least half full, of which the compiler makes a jump table each.</summary>
    private static int CountRuns(IReadOnlyList<ulong> messageTypes)
    {
        Stack<(ulong First, ulong Last, ulong Count)> runs = new();
        foreach (ulong type in messageTypes)
        {
            (ulong First, ulong Last, ulong Count) run = (type, type, 1);
            while (runs.Count > 0 && runs.Peek() is var before && (run.Last - before.First) / 2 < before.Count + run.Count)
            {
                run = (before.First, run.Last, before.Count + run.Count);
                runs.Pop();
            }

            runs.Push(run);
        }

        return runs.Count;
    }
}
