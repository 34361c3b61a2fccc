using System.Collections.Immutable;

namespace Vmbus.Analyzers.Differential.Grammar;

/// <summary>One way to write a condition.</summary>
internal sealed record ConditionTemplate
{
    public ConditionTemplate(int weight, string text, string constructs = "")
    {
        int operands = 0;
        int variables = 0;
        Text = TemplateText.Parse(text, ref operands, ref variables);
        OperandCount = operands;
        VariableCount = variables;
        Weight = weight;
        Constructs = [.. constructs.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }

    public ImmutableArray<TemplatePart> Text { get; }

    public int OperandCount { get; }

    public int VariableCount { get; }

    public int Weight { get; }

    public ImmutableArray<string> Constructs { get; }
}
