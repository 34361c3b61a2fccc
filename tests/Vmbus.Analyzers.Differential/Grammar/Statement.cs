using System.Collections.Immutable;

namespace Vmbus.Analyzers.Differential.Grammar;

/// <summary>A statement of a program: a template and what stands in its holes.</summary>
/// <param name="Template">How it is written.</param>
/// <param name="Subject">Which of the subjects in reach it is about; 0 is the innermost.</param>
/// <param name="Blocks">Its blocks.</param>
/// <param name="Conditions">Its conditions.</param>
/// <param name="Variables">Which of the function's variables stand in it.</param>
internal sealed record Statement(
    StatementTemplate Template, int Subject, ImmutableArray<Block> Blocks, ImmutableArray<Condition> Conditions, ImmutableArray<int> Variables)
{
    public int Size => 1 + Blocks.Sum(static b => b.Size);

    public IEnumerable<string> Constructs
        => Template.Constructs.Concat(Blocks.SelectMany(static b => b.Constructs)).Concat(Conditions.SelectMany(static c => c.Constructs));

    public IEnumerable<Statement> Shrink(Condition plain)
    {
        for (int i = 0; i < Blocks.Length; i++)
        {
            foreach (Block smaller in Blocks[i].Shrink(plain))
            {
                yield return this with { Blocks = Blocks.SetItem(i, smaller) };
            }
        }

        for (int i = 0; i < Conditions.Length; i++)
        {
            foreach (Condition smaller in Conditions[i].Shrink(plain))
            {
                yield return this with { Conditions = Conditions.SetItem(i, smaller) };
            }
        }
    }
}
