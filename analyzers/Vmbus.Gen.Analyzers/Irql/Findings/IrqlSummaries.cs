using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Analyzers.Irql.Findings;

/// <summary>
/// What functions do to who calls them, computed when it is asked for and remembered for the compilation. First what a function
/// calls, then the function: by the strongly connected components of the call graph, without recursion, so that neither the depth
/// of calls nor the function that asked first makes a difference. Functions that call one another are run until nothing changes.
/// </summary>
/// <param name="callees">The functions whose summaries a function may ask for.</param>
/// <param name="summarize">The summary of one function, given those of others.</param>
internal sealed class IrqlSummaries(
    Func<IMethodSymbol, CancellationToken, IReadOnlyList<IMethodSymbol>> callees,
    Func<IMethodSymbol, Func<IMethodSymbol, IrqlSummary>, CancellationToken, IrqlSummary> summarize)
{
    private const int MaximumRounds = 24;

    private readonly ConcurrentDictionary<IMethodSymbol, IrqlSummary> _known = new(SymbolEqualityComparer.Default);

    public IrqlSummary Get(IMethodSymbol function, CancellationToken cancellation)
    {
        if (!_known.TryGetValue(function, out IrqlSummary? known))
        {
            Compute(function, cancellation);
            known = Known(function);
        }

        return known;
    }

    private IrqlSummary Known(IMethodSymbol function) => _known.TryGetValue(function, out IrqlSummary? known) ? known : IrqlSummary.Unknown;

    /// <summary>Tarjan's algorithm with a stack of its own.</summary>
    private void Compute(IMethodSymbol root, CancellationToken cancellation)
    {
        var nodes = new Dictionary<IMethodSymbol, Node>(SymbolEqualityComparer.Default);
        var path = new Stack<Node>();
        var open = new Stack<Node>();
        path.Push(Open(root, nodes, open, cancellation));
        while (path.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            Node node = path.Peek();
            if (node.Next < node.Callees.Count)
            {
                IMethodSymbol callee = node.Callees[node.Next++];
                if (_known.ContainsKey(callee))
                {
                    continue;
                }

                if (!nodes.TryGetValue(callee, out Node? known))
                {
                    path.Push(Open(callee, nodes, open, cancellation));
                }
                else if (known.IsOpen)
                {
                    node.Lowest = Math.Min(node.Lowest, known.Index);
                }

                continue;
            }

            path.Pop();
            if (path.Count > 0)
            {
                path.Peek().Lowest = Math.Min(path.Peek().Lowest, node.Lowest);
            }

            if (node.Lowest == node.Index)
            {
                Close(node, open, cancellation);
            }
        }
    }

    private Node Open(IMethodSymbol function, Dictionary<IMethodSymbol, Node> nodes, Stack<Node> open, CancellationToken cancellation)
    {
        var node = new Node(function, nodes.Count, callees(function, cancellation));
        nodes.Add(function, node);
        open.Push(node);
        return node;
    }

    /// <summary>A component is complete: all that it calls is known.</summary>
    private void Close(Node root, Stack<Node> open, CancellationToken cancellation)
    {
        var component = new List<IMethodSymbol>();
        Node node;
        do
        {
            node = open.Pop();
            node.IsOpen = false;
            component.Add(node.Function);
        }
        while (!ReferenceEquals(node, root));

        if (component.Count == 1 && !root.Callees.Contains(root.Function, SymbolEqualityComparer.Default))
        {
            _known.TryAdd(root.Function, summarize(root.Function, Known, cancellation));
            return;
        }

        // The order must not depend on where the component was entered.
        component.Sort(static (x, y) => Order(x, y));
        var assumed = new Dictionary<IMethodSymbol, IrqlSummary>(SymbolEqualityComparer.Default);
        foreach (IMethodSymbol function in component)
        {
            assumed.Add(function, IrqlSummary.None);
        }

        bool changed = true;
        for (int round = 0; changed && round < MaximumRounds; round++)
        {
            changed = false;
            foreach (IMethodSymbol function in component)
            {
                IrqlSummary summary = summarize(function, f => assumed.TryGetValue(f, out IrqlSummary? assumption) ? assumption : Known(f), cancellation);
                changed |= !summary.Equals(assumed[function]);
                assumed[function] = summary;
            }
        }

        foreach (IMethodSymbol function in component)
        {
            _known.TryAdd(function, assumed[function]);
        }
    }

    private static int Order(IMethodSymbol left, IMethodSymbol right)
    {
        Location? x = left.Locations.FirstOrDefault();
        Location? y = right.Locations.FirstOrDefault();
        int order = string.CompareOrdinal(x?.SourceTree?.FilePath, y?.SourceTree?.FilePath);
        order = order != 0 ? order : (x?.SourceSpan.Start ?? 0).CompareTo(y?.SourceSpan.Start ?? 0);
        return order != 0 ? order : string.CompareOrdinal(left.ToDisplayString(), right.ToDisplayString());
    }

    private sealed class Node(IMethodSymbol function, int index, IReadOnlyList<IMethodSymbol> callees)
    {
        public IMethodSymbol Function { get; } = function;

        public int Index { get; } = index;

        public int Lowest { get; set; } = index;

        public IReadOnlyList<IMethodSymbol> Callees { get; } = callees;

        public int Next { get; set; }

        public bool IsOpen { get; set; } = true;
    }
}
