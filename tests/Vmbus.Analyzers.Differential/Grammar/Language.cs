using System.Collections.Immutable;

namespace Vmbus.Analyzers.Differential.Grammar;

/// <summary>What random programs are made of.</summary>
internal sealed record Language
{
    private readonly Lazy<ImmutableArray<Theme>> _themes;

    public Language() => _themes = new(() => [.. PairsOf([.. Constructs]).Where(p => !Apart.ContainsKey(p))]);

    public required ImmutableArray<RootTemplate> Roots { get; init; }

    public required ImmutableArray<StatementTemplate> Statements { get; init; }

    public required ImmutableArray<ConditionTemplate> Conditions { get; init; }

    /// <summary>The types of subjects, by kind.</summary>
    public required ImmutableDictionary<string, string> Types { get; init; }

    /// <summary>The kinds of subject that cannot be captured.</summary>
    public required ImmutableHashSet<string> Uncapturable { get; init; }

    /// <summary>Fields and methods that programs may mention, by the name that mentions them; one may mention those before it.</summary>
    public required ImmutableArray<(string Name, string Declaration)> Members { get; init; }

    /// <summary>Whether the oracle has to know when functions of the program begin and end.</summary>
    public bool NotesCalls { get; init; }

    /// <summary>Of how many programs one shall have a pair of constructs, so that all pairs come in turn; 0 if none.</summary>
    public int ThemeEvery { get; init; }

    /// <summary>The pairs of constructs that no program can have, in their order, each with the reason.</summary>
    public ImmutableDictionary<Theme, string> Apart { get; init; } = ImmutableDictionary<Theme, string>.Empty;

    /// <summary>Every pair of constructs that a program can have.</summary>
    public ImmutableArray<Theme> Themes => _themes.Value;

    /// <summary>The namespaces that programs use.</summary>
    public required string Usings { get; init; }

    /// <summary>Every construct that some template is an example of.</summary>
    public IEnumerable<string> Constructs
        => Statements.SelectMany(static s => s.Constructs).Concat(Conditions.SelectMany(static c => c.Constructs)).Concat(Roots.SelectMany(static r => r.Constructs))
            .Distinct().Order(StringComparer.Ordinal);

    private static IEnumerable<Theme> PairsOf(string[] constructs)
        => from i in Enumerable.Range(0, constructs.Length)
           from j in Enumerable.Range(i + 1, constructs.Length - i - 1)
           select new Theme(constructs[i], constructs[j]);
}
