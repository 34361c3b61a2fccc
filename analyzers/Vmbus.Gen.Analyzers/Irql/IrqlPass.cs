using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Vmbus.Gen.Analyzers.Contracts;
using Vmbus.Gen.Analyzers.Flow;
using Vmbus.Gen.Analyzers.Irql.Findings;
using Vmbus.Gen.Analyzers.Irql.Levels;
using SymbolKind = Vmbus.Gen.Analyzers.Flow.SymbolKind;

namespace Vmbus.Gen.Analyzers.Irql;

/// <summary>One run over one function: what is asked of others, and what is found.</summary>
internal sealed class IrqlPass(IrqlModel model, IrqlFunction function, Func<IMethodSymbol, IrqlSummary> summaryOf, FlowSession session)
{
    private static readonly object ChannelOf = new();

    private readonly Dictionary<ControlFlowGraph, bool[]> _throwOnly = [];
    private readonly Stack<(int Depth, IrqlState State, Value Level, bool IsElsewhere)> _afterwards = new();
    private readonly Stack<(int Depth, CallStep Step)> _inside = new();

    public IrqlModel Model { get; } = model;

    public IrqlFunction Function { get; } = function;

    public FlowSession Session { get; } = session;

    public FindingCollector Findings { get; } = new();

    /// <summary>The lambdas that some path makes.</summary>
    public HashSet<IMethodSymbol> Lambdas { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>The level at which the function was called.</summary>
    public Symbol Entry { get; } = session.Values.Site(typeof(IrqlPass), function.Method, isBoolean: false);

    /// <summary>Some level that is not below <see cref="Entry"/>: what a call leaves that restores the level on some paths only.</summary>
    public Symbol NotBelowEntry { get; } = session.Values.Site(typeof(ExitLevelKind), function.Method, isBoolean: false);

    public IrqlSummary SummaryOf(IMethodSymbol method) => summaryOf(method);

    /// <summary>
    /// The levels at a point; null if nothing is known, as of a level that the function is given: that it is compared with one says
    /// nothing. Conditional: they are those of whoever calls the function.
    /// </summary>
    public (LevelSet Levels, bool IsConditional)? LevelsAt(Machine<IrqlState> machine)
        => machine.State.Level is { } level && !ReferenceEquals(level, NotBelowEntry) && (ReferenceEquals(level, Entry) || ParameterOf(level) is null) && LevelSet.From(machine.RangeOf(level)) is { } levels
            ? (levels, Function.IsOpen && ReferenceEquals(level, Entry))
            : null;

    /// <summary>Notes what is wrong with an operation at the levels of the finding, if it may be reached at one of them.</summary>
    public void Note(Machine<IrqlState> machine, Location location, IrqlFinding finding)
    {
        foreach ((int _, CallStep step) in _inside)
        {
            // It is told where the method is called that runs inside this one.
            finding = finding with { Way = new CallWay(step, finding.Way) };
            location = step.Location;
        }

        (LevelSet levels, bool isConditional)? known = LevelsAt(machine);
        if (finding.Wait != SelfWait.None)
        {
            NoteWait(location, finding, known);
            return;
        }

        if (known is not (var at, var conditional) || !at.Overlaps(finding.Levels) || (finding.Rule == IrqlRule.Allocates && OnlyThrows(machine)))
        {
            return;
        }

        IrqlFinding met = finding with { Levels = finding.Levels.Intersect(at) };
        if (conditional)
        {
            Findings.Add(met);
        }
        else
        {
            Findings.Report(location, met);
        }
    }

    /// <summary>
    /// Runs a lambda or local function here and now, and goes on in the state <paramref name="afterwards"/>; false if that is not possible.
    /// It is called at <paramref name="level"/>, if that is not the level here.
    /// </summary>
    public bool Run(Machine<IrqlState> machine, Function function, IOperation call, IrqlState afterwards, Value? level)
    {
        _afterwards.Push((Session.Running.Count, afterwards, level ?? CalledAt, level is not null));
        bool ran = machine.Run(function, [], call);
        _afterwards.Pop();
        return ran;
    }

    /// <summary>The level at which what runs was called: the function, or one that is run for another thread.</summary>
    public Value CalledAt => _afterwards.Count > 0 ? _afterwards.Peek().Level : Entry;

    /// <summary>Whether the function that is left just now was run at another level than that of who runs it.</summary>
    public bool RunsElsewhere => _afterwards.Count > 0 && _afterwards.Peek() is { IsElsewhere: true, Depth: var depth } && depth == Session.Running.Count;

    /// <summary>Whether what runs is a method that the function calls.</summary>
    public bool IsInsideCall => _inside.Count > 0;

    /// <summary>Runs a called method inside the function, so that what it does with levels it is given or returns is known; false if that is not possible.</summary>
    public bool RunInside(Machine<IrqlState> machine, IMethodSymbol method, ControlFlowGraph body, Value?[] arguments, IOperation call, CallStep step)
    {
        _inside.Push((Session.Running.Count, step));
        bool ran = machine.Run(new Function(method, null, null, null) { Body = body }, arguments, call);
        _inside.Pop();
        return ran;
    }

    /// <summary>Whether the function that returns just now is such a method.</summary>
    public bool ReturnsFromInside() => _inside.Count > 0 && _inside.Peek().Depth == Session.Running.Count;

    /// <summary>The state to go on in after the function that returns just now; null if that is the one it left.</summary>
    public IrqlState? Afterwards() => _afterwards.Count > 0 && _afterwards.Peek().Depth == Session.Running.Count ? _afterwards.Peek().State : null;

    /// <summary>A value that stands for the channel of a packet.</summary>
    public Value ChannelOfPacket(Value packet) => Session.Values.Derived(ChannelOf, null, packet, null, isBoolean: false);

    /// <summary>The parameter of the function that a value is, or that a channel is taken from; null for anything else.</summary>
    public IParameterSymbol? ParameterOf(Value? value) => value switch
    {
        Symbol { Kind: SymbolKind.Entry, Origin: Place { Kind: PlaceKind.Parameter, Symbol: IParameterSymbol parameter } }
            when MethodParameters.Contain(Function.Method, parameter) || MethodParameters.Contain(MethodBodies.Implementation(Function.Method), parameter) => parameter,
        Symbol { Kind: SymbolKind.Derived, Origin: var origin, Left: var packet } when ReferenceEquals(origin, ChannelOf) => ParameterOf(packet),
        _ => null,
    };

    private void NoteWait(Location location, IrqlFinding finding, (LevelSet Levels, bool IsConditional)? known)
    {
        if (Function.IsOpen)
        {
            Findings.Add(finding with { Levels = known is (var levels, true) ? levels.Intersect(finding.Levels) : LevelSet.All });
        }
        else if (Function.IsCallback && (finding.Wait == SelfWait.ForCallbacks || Function.IsStart) && !(known is (var at, _) && !at.Overlaps(finding.Levels)))
        {
            Findings.Report(location, finding);
        }
    }

    /// <summary>Whether every way from here ends in a throw.</summary>
    private bool OnlyThrows(Machine<IrqlState> machine)
    {
        ControlFlowGraph graph = machine.Program.Graph;
        if (!_throwOnly.TryGetValue(graph, out bool[]? only))
        {
            only = FindThrowOnly(graph);
            _throwOnly.Add(graph, only);
        }

        return only[machine.Block.Ordinal];
    }

    private static bool[] FindThrowOnly(ControlFlowGraph graph)
    {
        var returns = new bool[graph.Blocks.Length];
        for (bool changed = true; changed;)
        {
            changed = false;
            for (int ordinal = returns.Length - 1; ordinal >= 0; ordinal--)
            {
                BasicBlock block = graph.Blocks[ordinal];
                if (!returns[ordinal] && (block.Kind == BasicBlockKind.Exit || Leads(block.FallThroughSuccessor, returns) || Leads(block.ConditionalSuccessor, returns)))
                {
                    returns[ordinal] = true;
                    changed = true;
                }
            }
        }

        return Array.ConvertAll(returns, static r => !r);
    }

    private static bool Leads(ControlFlowBranch? branch, bool[] returns)
        => branch is not null
            && (branch.Semantics == ControlFlowBranchSemantics.StructuredExceptionHandling || (branch.Destination is { } destination && returns[destination.Ordinal]));
}
