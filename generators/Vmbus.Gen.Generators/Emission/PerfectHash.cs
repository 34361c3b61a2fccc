namespace Vmbus.Gen.Generators.Emission;

/// <summary>
/// A multiplication and a shift that give every one of some keys a slot of its own: <c>slot = (key * Multiplier) &gt;&gt; Shift</c>, in as many bits as the key has.
/// </summary>
internal sealed class PerfectHash
{
    /// <summary>A table of more than this many slots for each key is not worth its memory.</summary>
    private const int MaximumSlotsPerKey = 32;

    private const int TriesPerSize = 4096;

    private PerfectHash(ulong multiplier, int shift, bool is64Bit, IReadOnlyList<ulong> keys, int size)
    {
        int[] slots = new int[size];
        for (int i = 0; i < keys.Count; i++)
        {
            slots[SlotOf(keys[i], multiplier, shift, is64Bit)] = i;
        }

        Multiplier = multiplier;
        Shift = shift;
        Is64Bit = is64Bit;
        Slots = slots;
        Keys = keys;
    }

    public ulong Multiplier { get; }

    public int Shift { get; }

    /// <summary>Whether keys are multiplied as 64-bit numbers, else as 32-bit ones.</summary>
    public bool Is64Bit { get; }

    /// <summary>The index of the key in a slot; 0 also where there is none, so the key itself must be compared.</summary>
    public IReadOnlyList<int> Slots { get; }

    /// <summary>The keys, by index.</summary>
    public IReadOnlyList<ulong> Keys { get; }

    /// <summary>The smallest table that a bounded search finds; null if none. The same keys always give the same table.</summary>
    /// <param name="keys">At least two.</param>
    /// <param name="size">The size of a key in bytes.</param>
    public static PerfectHash? Find(IReadOnlyList<ulong> keys, int size)
    {
        bool is64Bit = size == 8;
        int width = is64Bit ? 64 : 32;
        int bits = 1;
        while (1L << bits < SmallestPromisingTable(keys.Count))
        {
            bits++;
        }

        // The search must be the same on every machine: a generator of its own, xorshift64*, with a fixed seed.
        ulong state = 0x9E3779B97F4A7C15;
        for (; 1L << bits <= (long)keys.Count * MaximumSlotsPerKey; bits++)
        {
            int[] takenInTry = new int[1 << bits];
            for (int i = 1; i <= TriesPerSize; i++)
            {
                ulong multiplier = Next(ref state) | 1;
                multiplier = is64Bit ? multiplier : (uint)multiplier;
                if (TryPlace(takenInTry, i, keys, multiplier, width - bits, is64Bit))
                {
                    return new PerfectHash(multiplier, width - bits, is64Bit, keys, 1 << bits);
                }
            }
        }

        return null;
    }

    /// <summary>
    /// With n keys in m slots a try succeeds about once in exp(n²/2m): tables that the search would have to be lucky in are not worth trying.
    /// </summary>
    private static long SmallestPromisingTable(int keys) => Math.Max(keys, (long)keys * keys / 26);

    private static bool TryPlace(int[] takenInTry, int attempt, IReadOnlyList<ulong> keys, ulong multiplier, int shift, bool is64Bit)
    {
        for (int i = 0; i < keys.Count; i++)
        {
            int slot = SlotOf(keys[i], multiplier, shift, is64Bit);
            if (takenInTry[slot] == attempt)
            {
                return false;
            }

            takenInTry[slot] = attempt;
        }

        return true;
    }

    private static int SlotOf(ulong key, ulong multiplier, int shift, bool is64Bit)
    {
        ulong product = unchecked(key * multiplier);
        return (int)((is64Bit ? product : (uint)product) >> shift);
    }

    private static ulong Next(ref ulong state)
    {
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        return unchecked(state * 0x2545F4914F6CDD1D) >> 16;
    }
}
