using System.Collections.Immutable;

namespace Vmbus.Analyzers.Differential.Grammar;

/// <summary>A condition of a program.</summary>
internal sealed record Condition(ConditionTemplate Template, ImmutableArray<Condition> Operands, ImmutableArray<int> Variables)
{
    public IEnumerable<string> Constructs => Template.Constructs.Concat(Operands.SelectMany(static o => o.Constructs));

    public IEnumerable<Condition> Shrink(Condition plain)
    {
        if (Template != plain.Template)
        {
            yield return plain;
        }

        foreach (Condition operand in Operands)
        {
            yield return operand;
        }

        for (int i = 0; i < Operands.Length; i++)
        {
            foreach (Condition smaller in Operands[i].Shrink(plain))
            {
                yield return this with { Operands = Operands.SetItem(i, smaller) };
            }
        }
    }
}
