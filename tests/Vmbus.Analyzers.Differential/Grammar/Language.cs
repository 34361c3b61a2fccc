using System.Collections.Immutable;

namespace Vmbus.Analyzers.Differential.Grammar;

/// <summary>What random programs are made of.</summary>
internal sealed record Language
{
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

    /// <summary>The namespaces that programs use.</summary>
    public required string Usings { get; init; }

    /// <summary>Every construct that some template is an example of.</summary>
    public IEnumerable<string> Constructs
        => Statements.SelectMany(static s => s.Constructs).Concat(Conditions.SelectMany(static c => c.Constructs)).Concat(Roots.Select(static r => r.Construct))
            .Where(static c => c.Length > 0).Distinct().Order(StringComparer.Ordinal);
}
