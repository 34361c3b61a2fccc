namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>The places that one statement or one condition reads and writes: a part of a list that all statements share. Whoever adds to it holds it by reference.</summary>
internal struct StatementEffects(bool isBranch, PlaceAccesses accesses)
{
    private readonly int _start = accesses.Count;
    private int _end = accesses.Count;

    public readonly bool IsBranch { get; } = isBranch;

    public bool Decides { get; set; }

    /// <summary>Whether a call changes whatever is volatile.</summary>
    public bool Forgets { get; set; }

    public readonly int Count => _end - _start;

    public void Read(int place)
    {
        accesses.Add(place);
        _end = accesses.Count;
    }

    public void Write(int place)
    {
        accesses.Add(~place);
        _end = accesses.Count;
    }

    /// <summary>The place of an access, and whether it is written.</summary>
    public readonly int PlaceAt(int index, out bool isWrite)
    {
        int access = accesses[_start + index];
        isWrite = access < 0;
        return isWrite ? ~access : access;
    }

    public readonly bool Reads(int place) => accesses.Contains(place, _start, _end);

    public readonly bool Writes(int place) => accesses.Contains(~place, _start, _end);
}
