using System.Collections.Immutable;

namespace Vmbus.Analyzers.Differential.Grammar;

/// <summary>A list of statements.</summary>
internal sealed record Block(ImmutableArray<Statement> Statements)
{
    public static readonly Block Empty = new([]);

    public int Size => Statements.Sum(static s => s.Size);

    public IEnumerable<string> Constructs => Statements.SelectMany(static s => s.Constructs);

    /// <summary>Smaller blocks: without a statement, with what a statement consists of, or with a smaller statement.</summary>
    public IEnumerable<Block> Shrink(Condition plain)
    {
        if (Statements.Length > 1)
        {
            yield return Empty;
        }

        for (int i = 0; i < Statements.Length; i++)
        {
            yield return new Block(Statements.RemoveAt(i));
        }

        for (int i = 0; i < Statements.Length; i++)
        {
            foreach (Block inner in Statements[i].Blocks)
            {
                yield return new Block(Statements.RemoveAt(i).InsertRange(i, inner.Statements));
            }
        }

        for (int i = 0; i < Statements.Length; i++)
        {
            foreach (Statement smaller in Statements[i].Shrink(plain))
            {
                yield return new Block(Statements.SetItem(i, smaller));
            }
        }
    }
}
