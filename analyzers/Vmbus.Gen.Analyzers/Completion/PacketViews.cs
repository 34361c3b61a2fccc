using System.Collections.Immutable;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Completion;

internal enum ViewKind
{
    /// <summary>The packet's buffer, or a part of it.</summary>
    Buffer,

    /// <summary>The sender's memory that the packet refers to.</summary>
    ExternalData,
}

/// <summary>A packet that a view looks into; for a parameter whose packet only the caller knows, the parameter itself.</summary>
internal readonly record struct ViewRoot(Symbol Packet, ViewKind Kind);

/// <summary>Which values are spans, references and pointers into packets. A symbol means the same on all paths, so this is one table for all.</summary>
internal sealed class PacketViews
{
    private readonly Dictionary<int, ImmutableArray<ViewRoot>> _roots = [];

    public bool IsEmpty => _roots.Count == 0;

    public ImmutableArray<ViewRoot> Of(Value? value)
    {
        while (value is Symbol symbol)
        {
            if (_roots.TryGetValue(symbol.Id, out ImmutableArray<ViewRoot> roots))
            {
                return roots;
            }

            value = symbol.Kind == SymbolKind.Earlier ? symbol.Origin as Symbol : null;
        }

        return [];
    }

    public void Add(Symbol view, ViewRoot root) => Add(view, [root]);

    public void Add(Symbol view, ImmutableArray<ViewRoot> roots)
    {
        if (roots.IsEmpty)
        {
            return;
        }

        ImmutableArray<ViewRoot> known = Of(view);
        foreach (ViewRoot root in roots)
        {
            if (!known.Contains(root))
            {
                known = known.Add(root);
            }
        }

        _roots[view.Id] = known;
    }

    /// <summary>A place holds one or the other from here on.</summary>
    public void Merge(Symbol merged, Value left, Value right)
    {
        if (!IsEmpty)
        {
            Add(merged, Of(left));
            Add(merged, Of(right));
        }
    }
}
