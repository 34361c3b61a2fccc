namespace Vmbus.Gen.Generators.Emission;

/// <summary>
/// A hash that gives every one of some keys a slot of its own. The upper bits of a product choose a bucket, the bits below a place; what the bucket is displaced
/// by moves its keys to slots that are free: <c>slot = ((hash &gt;&gt; PlaceShift) ^ Displacements[hash &gt;&gt; BucketShift]) &amp; (slots - 1)</c>.
/// </summary>
internal sealed class PerfectHash
{
    private const int MaximumBits = 15;
    private const int Tries = 64;

    private PerfectHash(ulong multiplier, Layout layout, int[] displacements, ulong[] keys)
    {
        Multiplier = multiplier;
        BucketShift = layout.BucketShift;
        PlaceShift = layout.PlaceShift;
        Is64Bit = layout.Is64Bit;
        Displacements = displacements;
        Keys = keys;
    }

    public ulong Multiplier { get; }

    public int BucketShift { get; }

    public int PlaceShift { get; }

    /// <summary>Whether keys are multiplied as 64-bit numbers, else as 32-bit ones.</summary>
    public bool Is64Bit { get; }

    /// <summary>By bucket; less than the number of slots.</summary>
    public IReadOnlyList<int> Displacements { get; }

    /// <summary>The key of each slot; in a free one a key that has another slot, so that comparing the key is enough. A power of two.</summary>
    public IReadOnlyList<ulong> Keys { get; }

    /// <summary>The slot that a number falls into, whether it is a key or not.</summary>
    public int SlotOf(ulong number)
    {
        ulong hash = Hash(number, Multiplier, Is64Bit);
        return ((int)(hash >> PlaceShift) ^ Displacements[(int)(hash >> BucketShift)]) & (Keys.Count - 1);
    }

    /// <summary>
    /// More than half of the slots hold a key, so that a switch over them is one jump table. Null where a bounded search finds nothing. The same keys always give
    /// the same table.
    /// </summary>
    /// <param name="keys">At least two.</param>
    /// <param name="size">The size of a key in bytes.</param>
    public static PerfectHash? Find(IReadOnlyList<ulong> keys, int size)
    {
        int slotBits = BitsFor(keys.Count);
        if (slotBits > MaximumBits)
        {
            return null;
        }

        // The search must be the same on every machine: a generator of its own, xorshift64*, with a fixed seed. More buckets make it easier and the table larger.
        ulong state = 0x9E3779B97F4A7C15;
        for (int bucketBits = Math.Max(1, slotBits - 1); bucketBits <= slotBits + 1; bucketBits++)
        {
            Layout layout = new(size == 8, bucketBits, slotBits);
            for (int i = 0; i < Tries; i++)
            {
                ulong multiplier = Next(ref state) | 1;
                if (TryPlace(keys, layout.Is64Bit ? multiplier : (uint)multiplier, layout) is { } found)
                {
                    return found;
                }
            }
        }

        return null;
    }

    private static PerfectHash? TryPlace(IReadOnlyList<ulong> keys, ulong multiplier, Layout layout)
    {
        List<(ulong Key, int Place)>?[] buckets = new List<(ulong, int)>?[1 << layout.BucketBits];
        foreach (ulong key in keys)
        {
            ulong hash = Hash(key, multiplier, layout.Is64Bit);
            (buckets[(int)(hash >> layout.BucketShift)] ??= []).Add((key, (int)(hash >> layout.PlaceShift) & (layout.Slots - 1)));
        }

        // The fullest first, while there is room; a single key fits anywhere.
        int[] displacements = new int[buckets.Length];
        ulong?[] taken = new ulong?[layout.Slots];
        foreach (int bucket in Enumerable.Range(0, buckets.Length).Where(b => buckets[b] is not null).OrderByDescending(b => buckets[b]!.Count))
        {
            if (FindDisplacement(buckets[bucket]!, taken) is not { } displacement)
            {
                return null;
            }

            displacements[bucket] = displacement;
            foreach ((ulong key, int place) in buckets[bucket]!)
            {
                taken[place ^ displacement] = key;
            }
        }

        return new PerfectHash(multiplier, layout, displacements, Fill(taken, keys));
    }

    private static int? FindDisplacement(List<(ulong Key, int Place)> bucket, ulong?[] taken)
    {
        for (int i = 0; i < bucket.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (bucket[i].Place == bucket[j].Place)
                {
                    return null;
                }
            }
        }

        for (int displacement = 0; displacement < taken.Length; displacement++)
        {
            bool isFree = true;
            foreach ((_, int place) in bucket)
            {
                isFree &= taken[place ^ displacement] is null;
            }

            if (isFree)
            {
                return displacement;
            }
        }

        return null;
    }

    private static ulong[] Fill(ulong?[] taken, IReadOnlyList<ulong> keys)
    {
        ulong[] filled = new ulong[taken.Length];
        for (int i = 0; i < filled.Length; i++)
        {
            filled[i] = taken[i] ?? keys[0];
        }

        return filled;
    }

    private static int BitsFor(int count)
    {
        int bits = 1;
        while (1L << bits < count)
        {
            bits++;
        }

        return bits;
    }

    private static ulong Hash(ulong key, ulong multiplier, bool is64Bit)
    {
        ulong product = unchecked(key * multiplier);
        return is64Bit ? product : (uint)product;
    }

    private static ulong Next(ref ulong state)
    {
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        return unchecked(state * 0x2545F4914F6CDD1D) >> 16;
    }

    /// <summary>Which bits of a product mean what.</summary>
    private readonly record struct Layout(bool Is64Bit, int BucketBits, int SlotBits)
    {
        public int BucketShift => (Is64Bit ? 64 : 32) - BucketBits;

        /// <summary>The bits right below those of the bucket, as far as there are so many.</summary>
        public int PlaceShift => Math.Max(BucketShift - SlotBits, 0);

        public int Slots => 1 << SlotBits;
    }
}
