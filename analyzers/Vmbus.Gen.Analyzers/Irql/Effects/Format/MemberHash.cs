namespace Vmbus.Gen.Analyzers.Irql.Effects;

/// <summary>
/// The hash of a member's documentation comment id, taken character by character, so that no id needs to be written down: FNV-1a of 64 bits over the UTF-16 code
/// units, from a start that the seed moves, with its bits mixed at the end.
/// </summary>
internal struct MemberHash(uint seed)
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    private ulong _state = Offset ^ (seed * Prime);

    public readonly ulong Value
    {
        get
        {
            ulong mixed = _state;
            mixed = (mixed ^ (mixed >> 33)) * 0xff51afd7ed558ccd;
            mixed = (mixed ^ (mixed >> 33)) * 0xc4ceb9fe1a85ec53;
            return mixed ^ (mixed >> 33);
        }
    }

    public static ulong Of(string id, uint seed)
    {
        var hash = new MemberHash(seed);
        hash.Append(id);
        return hash.Value;
    }

    public void Append(char c) => _state = unchecked((_state ^ c) * Prime);

    public void Append(string text)
    {
        foreach (char c in text)
        {
            Append(c);
        }
    }

    /// <summary>Appends a number in decimal digits.</summary>
    public void Append(int number)
    {
        if (number >= 10)
        {
            Append(number / 10);
        }

        Append((char)('0' + (number % 10)));
    }
}
