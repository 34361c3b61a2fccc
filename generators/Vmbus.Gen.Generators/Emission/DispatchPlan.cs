namespace Vmbus.Gen.Generators.Emission;

/// <summary>How a message type finds its <c>case</c>: decided here and nowhere else, by what was measured in docs/dispatch.md.</summary>
internal abstract record DispatchPlan
{
    /// <summary>
    /// Up to this many runs of neighbouring message types the compiler's comparison tree is the fastest; beyond it, it takes too many branches that cannot
    /// be predicted, and a table look-up wins.
    /// </summary>
    private const int MaximumRuns = 8;

    /// <summary>A table over the whole range of the types has at most this many entries for each of them.</summary>
    private const ulong MaximumEntriesPerType = 16;

    /// <summary>A larger table does not stay in the first cache beside everything else, and hashing takes less room.</summary>
    private const ulong MaximumTableBytes = 8192;

    /// <summary>The <c>switch</c> is on the message type: a jump table for each run, a comparison tree over the runs.</summary>
    public sealed record OnMessageType : DispatchPlan;

    /// <summary>The <c>switch</c> is on the position of the message type among all, from a table over their range.</summary>
    public sealed record OnPosition(IReadOnlyList<ulong> MessageTypes) : DispatchPlan
    {
        public ulong First => MessageTypes[0];

        /// <summary>0 where it is the whole range of 64 bits.</summary>
        public ulong Range => unchecked(MessageTypes[MessageTypes.Count - 1] - First + 1);

        /// <summary>The size of an entry of the table in bytes.</summary>
        public int EntrySize => MessageTypes.Count <= byte.MaxValue ? sizeof(byte) : sizeof(ushort);

        /// <summary>Whether the table is small enough to be better than a hash.</summary>
        public bool IsWorthwhile
            => unchecked(Range - 1) < (ulong)MessageTypes.Count * MaximumEntriesPerType && unchecked(Range - 1) < MaximumTableBytes / (ulong)EntrySize;

        /// <summary>From 1, because the table has 0 where there is no type.</summary>
        public int CaseOf(ulong messageType)
        {
            int low = 0;
            for (int high = MessageTypes.Count - 1; low < high;)
            {
                int middle = (low + high) / 2;
                (low, high) = MessageTypes[middle] < messageType ? (middle + 1, high) : (low, middle);
            }

            return low + 1;
        }
    }

    /// <summary>The <c>switch</c> is on the slot of the message type in a perfect hash table.</summary>
    public sealed record OnSlot(PerfectHash Hash) : DispatchPlan;

    /// <param name="messageTypes">All message types of a class, ascending.</param>
    /// <param name="size">Their size in bytes.</param>
    public static DispatchPlan For(IReadOnlyList<ulong> messageTypes, int size)
    {
        if (CountRuns(messageTypes) <= MaximumRuns)
        {
            return new OnMessageType();
        }

        OnPosition byPosition = new(messageTypes);
        return byPosition.IsWorthwhile ? byPosition
            : PerfectHash.Find(messageTypes, size) is { } hash ? new OnSlot(hash)
            : new OnMessageType();
    }

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
