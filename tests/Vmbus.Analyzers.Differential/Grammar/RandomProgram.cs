namespace Vmbus.Analyzers.Differential.Grammar;

/// <summary>A program: one function and what it calls.</summary>
internal sealed record RandomProgram(Language Language, RootTemplate Root, Block Body)
{
    /// <summary>The condition that knows nothing: the first of the language.</summary>
    private Condition Plain => new(Language.Conditions[0], [], []);

    public int Size => Body.Size;

    /// <summary>The constructs that it has, each once.</summary>
    public IReadOnlySet<string> Constructs => Body.Constructs.Concat(Root.Constructs).ToHashSet();

    public IEnumerable<RandomProgram> Shrink()
    {
        if (Root != Language.Roots[0] && Root.Kind == Language.Roots[0].Kind)
        {
            yield return this with { Root = Language.Roots[0] };
        }

        foreach (Block smaller in Body.Shrink(Plain))
        {
            yield return this with { Body = smaller };
        }
    }
}
