using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>What one analysis of a method and of the functions inside it shares: places, values and lowered graphs.</summary>
internal sealed class FlowSession
{
    private readonly Func<ITypeSymbol, bool> _tracks;
    private readonly Dictionary<ControlFlowGraph, FlowProgram> _programs = [];
    private readonly Dictionary<ITypeSymbol, bool> _tracked = new(SymbolEqualityComparer.Default);

    public FlowSession(FlowCompilation compilation, Func<ITypeSymbol, bool> tracks, CancellationToken cancellation, Func<ITypeSymbol, bool, bool>? follows = null)
    {
        _tracks = tracks;
        Compilation = compilation;
        Cancellation = cancellation;
        Places = new PlaceTable(Tracks, follows ?? (static (_, _) => false));
    }

    public FlowCompilation Compilation { get; }

    public CancellationToken Cancellation { get; }

    public PlaceTable Places { get; }

    public ValueTable Values { get; } = new();

    /// <summary>The functions that are being run in place, outermost first.</summary>
    public Stack<IMethodSymbol> Running { get; } = new();

    public bool Tracks(ITypeSymbol type)
    {
        if (!_tracked.TryGetValue(type, out bool tracked))
        {
            tracked = _tracks(type);
            _tracked.Add(type, tracked);
        }

        return tracked;
    }

    public FlowProgram ProgramOf(ControlFlowGraph graph, IMethodSymbol method)
    {
        if (!_programs.TryGetValue(graph, out FlowProgram? program))
        {
            program = new FlowProgram(graph, method, this);
            _programs.Add(graph, program);
        }

        return program;
    }
}
