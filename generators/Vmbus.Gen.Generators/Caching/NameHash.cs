namespace Vmbus.Gen.Generators.Caching;

/// <summary>FNV-1a of 64 bits. Names that fall together cost a look that was not needed; texts are told apart by two of them.</summary>
internal static class NameHash
{
    public const ulong Start = 14695981039346656037;

    /// <summary>Another start, for a second and independent hash.</summary>
    public const ulong OtherStart = 0x9E3779B97F4A7C15;

    private const ulong Prime = 1099511628211;

    public static ulong Of(string name) => Append(Start, name);

    public static ulong Append(ulong hash, string text)
    {
        foreach (char c in text)
        {
            hash = unchecked((hash ^ c) * Prime);
        }

        return Append(hash, text.Length);
    }

    public static ulong Append(ulong hash, long number) => unchecked((((hash ^ (ulong)number) * Prime) ^ (hash >> 29)) * Prime);
}
