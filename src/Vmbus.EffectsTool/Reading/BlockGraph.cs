using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace Vmbus.EffectsTool.Reading;

/// <summary>The blocks of a body as far as they were reached, and which of them lead to a return.</summary>
internal sealed class BlockGraph
{
    private readonly List<Instruction> _code;
    private readonly ImmutableArray<ExceptionRegion> _regions;
    private readonly SortedDictionary<int, Block> _blocks = [];
    private readonly Queue<Block> _open = new();
    private readonly HashSet<Block> _queued = [];
    private readonly Dictionary<int, int> _indices = [];
    private HashSet<int> _returning = [];

    public BlockGraph(List<Instruction> code, ImmutableArray<ExceptionRegion> regions)
    {
        _code = code;
        _regions = regions;
        int[] starts = [.. Starts(code, regions).Order()];
        for (int i = 0; i < starts.Length; i++)
        {
            _blocks.Add(starts[i], new Block(starts[i], i + 1 < starts.Length ? starts[i + 1] : int.MaxValue));
        }

        for (int i = 0; i < code.Count; i++)
        {
            _indices.Add(code[i].Offset, i);
        }
    }

    public IEnumerable<Instruction> InstructionsOf(Block block)
    {
        for (int i = _indices[block.Start]; i < _code.Count && _code[i].Offset < block.Next; i++)
        {
            yield return _code[i];
        }
    }

    public IEnumerable<BlockHandler> HandlersAround(Block block)
    {
        foreach (ExceptionRegion region in _regions)
        {
            if (block.Start < region.TryOffset || block.Start >= region.TryOffset + region.TryLength)
            {
                continue;
            }

            yield return new BlockHandler(
                region.HandlerOffset,
                region.Kind == ExceptionRegionKind.Finally,
                region.Kind is ExceptionRegionKind.Catch or ExceptionRegionKind.Filter);
            if (region.Kind == ExceptionRegionKind.Filter)
            {
                yield return new BlockHandler(region.FilterOffset, false, true);
            }
        }
    }

    /// <summary>Takes a block that was reached with more than was known before.</summary>
    public bool TryTake([NotNullWhen(true)] out Block? block)
    {
        bool any = _open.TryDequeue(out block);
        if (any)
        {
            _queued.Remove(block!);
        }

        return any;
    }

    /// <summary>Goes on from one block to another.</summary>
    /// <param name="least">What the way is at least, whatever led to the first block.</param>
    public void Flow(Block from, int to, AbstractState state, CallContext least = CallContext.Ordinary)
    {
        if (!_blocks.ContainsKey(to))
        {
            return;
        }

        from.Successors.Add(to);
        Enter(to, state, from.Context > least ? from.Context : least);
    }

    public void Enter(int start, AbstractState state, CallContext context)
    {
        Block block = _blocks[start];
        AbstractState merged = block.State is { } known ? known.Merge(state) : state;
        CallContext wider = context < block.Context ? context : block.Context;
        if (ReferenceEquals(merged, block.State) && wider == block.Context)
        {
            return;
        }

        block.State = merged;
        block.Context = wider;
        if (_queued.Add(block))
        {
            _open.Enqueue(block);
        }
    }

    /// <summary>Finds out from where a return is reached, after all blocks were interpreted.</summary>
    public void Finish()
    {
        ILookup<int, int> predecessors = _blocks.Values.SelectMany(static b => b.Successors.Select(s => (From: b.Start, To: s))).ToLookup(static e => e.To, static e => e.From);
        var open = new Stack<int>(_blocks.Values.Where(static b => b.State is not null && b.Returns).Select(static b => b.Start));
        while (open.TryPop(out int start))
        {
            if (_returning.Add(start))
            {
                foreach (int predecessor in predecessors[start])
                {
                    open.Push(predecessor);
                }
            }
        }

        if (!_returning.Contains(0))
        {
            // A method that never returns is judged by all that it does.
            _returning = [.. _blocks.Keys];
        }
    }

    /// <summary>Whether what a block does counts: it does not on a way that only throws.</summary>
    public bool CountsAt(int start) => _returning.Contains(start);

    public CallContext ContextAt(int start) => _blocks[start].Context;

    private static HashSet<int> Starts(List<Instruction> code, ImmutableArray<ExceptionRegion> regions)
    {
        HashSet<int> starts = [0];
        foreach (Instruction instruction in code)
        {
            if (instruction.Targets is { } targets)
            {
                starts.UnionWith(targets);
            }

            if (instruction.Code.OperandType is OperandType.InlineBrTarget or OperandType.ShortInlineBrTarget)
            {
                starts.Add((int)instruction.Operand);
            }

            if (instruction.Code.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw)
            {
                starts.Add(instruction.End);
            }
        }

        foreach (ExceptionRegion region in regions)
        {
            starts.Add(region.TryOffset);
            starts.Add(region.TryOffset + region.TryLength);
            starts.Add(region.HandlerOffset);
            if (region.Kind == ExceptionRegionKind.Filter)
            {
                starts.Add(region.FilterOffset);
            }
        }

        int end = code[^1].End;
        starts.RemoveWhere(s => s >= end);
        return starts;
    }
}
