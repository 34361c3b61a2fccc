namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>What the statements of each block read and write, block after block in one list.</summary>
internal sealed class EffectTable(int blocks)
{
    private readonly List<StatementEffects> _statements = [];
    private readonly int[] _starts = new int[blocks];
    private readonly int[] _ends = new int[blocks];

    /// <summary>How many statements there are in all blocks.</summary>
    public int Count => _statements.Count;

    public StatementEffects this[int index] => _statements[index];

    /// <summary>The statements of a block: from here to <see cref="EndOf"/>.</summary>
    public int StartOf(int ordinal) => _starts[ordinal];

    public int EndOf(int ordinal) => _ends[ordinal];

    /// <summary>What is added from here on belongs to this block.</summary>
    public void Begin(int ordinal)
    {
        _starts[ordinal] = _statements.Count;
        _ends[ordinal] = _statements.Count;
    }

    public void Add(int ordinal, in StatementEffects statement)
    {
        _statements.Add(statement);
        _ends[ordinal] = _statements.Count;
    }
}
