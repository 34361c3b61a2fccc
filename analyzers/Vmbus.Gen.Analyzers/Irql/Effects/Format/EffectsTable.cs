using System.Text;

namespace Vmbus.Gen.Analyzers.Irql.Effects;

/// <summary>
/// Members and how they block, by the hash of their ids, read in place. All numbers are little-endian:
/// <code>
/// 4 bytes   "VMBE"
/// 1 byte    version of this format, 1
/// 1 byte    length of the next text
/// n bytes   the run time that the table was made from, ASCII
/// 4 bytes   seed of the hash
/// 4 bytes   number of members m
/// 257 * 4   where each bucket begins; the bucket is the highest byte of a member's hash
/// m * 4     the next 32 bits of the hashes, ascending within a bucket
/// m * 1     how each blocks (BlockingMember.ToByte)
/// </code>
/// No two members of the run time that the table was made from share these 40 bits; the writer takes another seed until that is so.
/// </summary>
internal sealed class EffectsTable
{
    public const string Magic = "VMBE";
    public const byte FormatVersion = 1;
    public const int BucketCount = 256;

    private const int NameLengthAt = 5;
    private const int NameAt = 6;

    private readonly byte[] _data;
    private readonly int _buckets;
    private readonly int _keys;
    private readonly int _members;

    /// <exception cref="ArgumentException">The bytes are no table of this version.</exception>
    public EffectsTable(byte[] data)
    {
        _data = data;
        if (data.Length < NameAt || Encoding.ASCII.GetString(data, 0, Magic.Length) != Magic || data[Magic.Length] != FormatVersion)
        {
            throw new ArgumentException($"These {data.Length} bytes are no effects table of version {FormatVersion}; write it anew with Vmbus.EffectsTool.", nameof(data));
        }

        RunTime = Encoding.ASCII.GetString(data, NameAt, data[NameLengthAt]);
        int at = NameAt + data[NameLengthAt];
        Seed = (uint)Int32(at);
        Count = Int32(at + sizeof(int));
        _buckets = at + (2 * sizeof(int));
        _keys = _buckets + ((BucketCount + 1) * sizeof(int));
        _members = _keys + (Count * sizeof(int));
        if (data.Length != _members + Count)
        {
            throw new ArgumentException($"An effects table of {Count} members has {_members + Count} bytes, not {data.Length}.", nameof(data));
        }
    }

    /// <summary>The run time that the table was made from, as <c>Microsoft.NETCore.App 10.0.0</c>.</summary>
    public string RunTime { get; }

    public uint Seed { get; }

    public int Count { get; }

    public static int BucketOf(ulong hash) => (int)(hash >> 56);

    public static uint KeyOf(ulong hash) => (uint)(hash >> 24);

    /// <summary>Looks a member up by the hash of its id. A member of category None is one that does not block, although what it overrides may.</summary>
    public bool TryFind(ulong hash, out BlockingMember member)
    {
        int bucket = BucketOf(hash);
        uint key = KeyOf(hash);
        int low = Int32(_buckets + (bucket * sizeof(int)));
        int high = Int32(_buckets + ((bucket + 1) * sizeof(int))) - 1;
        while (low <= high)
        {
            int middle = (low + high) >> 1;
            uint found = (uint)Int32(_keys + (middle * sizeof(int)));
            if (found == key)
            {
                member = BlockingMember.FromByte(_data[_members + middle]);
                return true;
            }

            if (found < key)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        member = default;
        return false;
    }

    private int Int32(int at) => _data[at] | (_data[at + 1] << 8) | (_data[at + 2] << 16) | (_data[at + 3] << 24);
}
