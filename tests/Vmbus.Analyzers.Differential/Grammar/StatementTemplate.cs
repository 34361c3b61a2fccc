using System.Collections.Immutable;

namespace Vmbus.Analyzers.Differential.Grammar;

/// <summary>One way to write a statement: text with holes; see <see cref="TemplateText"/>.</summary>
internal sealed record StatementTemplate
{
    public StatementTemplate(string text, string member, Goal goal, string blocks, string constructs)
    {
        int conditions = 0;
        int variables = 0;
        Text = TemplateText.Parse(text, ref conditions, ref variables);
        ImmutableArray<ImmutableArray<TemplatePart>>.Builder members = ImmutableArray.CreateBuilder<ImmutableArray<TemplatePart>>();
        foreach (string one in member.Split(";;", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            members.Add(TemplateText.Parse(one, ref conditions, ref variables));
        }

        Members = members.ToImmutable();
        ConditionCount = conditions;
        VariableCount = variables;
        Goal = goal;
        BlockGoals = [.. blocks.Select(static b => b == 'E' ? Goal.End : Goal.Keep)];
        Constructs = [.. constructs.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        NeedsTail = text.Contains("return;", StringComparison.Ordinal);
        Holes = new TemplatePart.Block?[BlockGoals.Length].Select((_, i) => Text.Concat(Members.SelectMany(static m => m)).OfType<TemplatePart.Block>().Single(b => b.Index == i)).ToImmutableArray();
    }

    public ImmutableArray<TemplatePart> Text { get; }

    /// <summary>The methods that the statement calls; <c>;;</c> stands between them.</summary>
    public ImmutableArray<ImmutableArray<TemplatePart>> Members { get; }

    public int ConditionCount { get; }

    public int VariableCount { get; }

    public Goal Goal { get; }

    /// <summary>What each block has to do for the statement to reach its goal.</summary>
    public ImmutableArray<Goal> BlockGoals { get; }

    /// <summary>Each block's hole.</summary>
    public ImmutableArray<TemplatePart.Block> Holes { get; }

    /// <summary>The constructs that it is an example of.</summary>
    public ImmutableArray<string> Constructs { get; }

    /// <summary>The kinds of subject that it can be about; empty if it can be about all.</summary>
    public ImmutableArray<string> Subjects { get; init; } = [];

    /// <summary>Whether it returns, so that nothing may be left to do after it.</summary>
    public bool NeedsTail { get; }

    /// <summary>Whether it is written only where something may go wrong.</summary>
    public bool IsWild { get; init; }

    /// <summary>Whether it is written only where nothing is meant to go wrong.</summary>
    public bool IsTame { get; init; }

    public int Weight { get; init; } = 4;

    /// <summary>The functions that it cannot stand in.</summary>
    public ImmutableArray<ScopeKind> Not { get; init; } = [];
}
