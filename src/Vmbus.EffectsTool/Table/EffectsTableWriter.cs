using System.Buffers.Binary;
using System.Text;
using Vmbus.Gen.Analyzers.Irql.Effects;

namespace Vmbus.EffectsTool.Table;

/// <summary>Writes what <see cref="EffectsTable"/> reads.</summary>
internal static class EffectsTableWriter
{
    /// <summary>Enough seeds: one in some ten thousand tables of this size has two members with equal keys.</summary>
    private const uint MostSeeds = 1000;

    /// <summary>Writes a table.</summary>
    /// <param name="runTime">What the members are of.</param>
    /// <param name="members">The members that block, and those that do not although what they override does.</param>
    /// <param name="allIds">All ids that may be looked up: none of them may be taken for another.</param>
    public static byte[] Write(string runTime, IReadOnlyDictionary<string, BlockingMember> members, IEnumerable<string> allIds)
    {
        uint seed = FindSeed([.. members.Keys.Concat(allIds).Distinct(StringComparer.Ordinal)]);
        (ulong Hash, BlockingMember Member)[] rows = [.. members.Select(m => (MemberHash.Of(m.Key, seed), m.Value)).OrderBy(static r => r.Item1)];
        byte[] name = Encoding.ASCII.GetBytes(runTime);
        var data = new MemoryStream();
        data.Write(Encoding.ASCII.GetBytes(EffectsTable.Magic));
        data.WriteByte(EffectsTable.FormatVersion);
        data.WriteByte(checked((byte)name.Length));
        data.Write(name);
        WriteInt32(data, seed);
        WriteInt32(data, (uint)rows.Length);
        for (int bucket = 0, at = 0; bucket <= EffectsTable.BucketCount; bucket++)
        {
            while (at < rows.Length && EffectsTable.BucketOf(rows[at].Hash) < bucket)
            {
                at++;
            }

            WriteInt32(data, (uint)at);
        }

        foreach ((ulong hash, _) in rows)
        {
            WriteInt32(data, EffectsTable.KeyOf(hash));
        }

        foreach ((_, BlockingMember member) in rows)
        {
            data.WriteByte(member.ToByte());
        }

        return data.ToArray();
    }

    private static uint FindSeed(IReadOnlyList<string> ids)
    {
        for (uint seed = 0; seed < MostSeeds; seed++)
        {
            var keys = new HashSet<ulong>();
            if (ids.All(id => keys.Add(MemberHash.Of(id, seed) >> 24)))
            {
                return seed;
            }
        }

        throw new InvalidOperationException($"With {MostSeeds} seeds two of {ids.Count} members share a key; the format needs longer keys.");
    }

    private static void WriteInt32(MemoryStream data, uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        data.Write(bytes);
    }
}
