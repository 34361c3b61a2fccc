namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>The places that one statement or one condition reads and writes.</summary>
internal sealed class StatementEffects(bool isBranch)
{
    public bool IsBranch { get; } = isBranch;

    public bool Decides { get; set; }

    /// <summary>Whether a call changes whatever is volatile.</summary>
    public bool Forgets { get; set; }

    public List<int> Reads { get; } = [];

    public List<int> Writes { get; } = [];
}
