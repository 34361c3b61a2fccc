namespace Vmbus.EffectsTool.Reading;

/// <summary>Instructions that are run one after the other, and what is known before the first.</summary>
internal sealed class Block(int start, int next)
{
    /// <summary>The offset of the first instruction.</summary>
    public int Start { get; } = start;

    /// <summary>The offset after the last.</summary>
    public int Next { get; } = next;

    public AbstractState? State { get; set; }

    public CallContext Context { get; set; } = CallContext.Exceptional;

    public HashSet<int> Successors { get; } = [];

    /// <summary>Whether the method may return here.</summary>
    public bool Returns { get; private set; }

    public void End(bool returns) => Returns |= returns;
}
