namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>The places that one statement or one condition reads and writes: a part of a list that all statements share.</summary>
internal sealed class StatementEffects(bool isBranch, PlaceAccesses accesses)
{
    private readonly int _start = accesses.Count;
    private int _end = accesses.Count;

    public bool IsBranch { get; } = isBranch;

    public bool Decides { get; set; }

    /// <summary>Whether a call changes whatever is volatile.</summary>
    public bool Forgets { get; set; }

    public int Count => _end - _start;

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
    public int PlaceAt(int index, out bool isWrite)
    {
        int access = accesses[_start + index];
        isWrite = access < 0;
        return isWrite ? ~access : access;
    }

    public bool Reads(int place) => accesses.Contains(place, _start, _end);

    public bool Writes(int place) => accesses.Contains(~place, _start, _end);
}
