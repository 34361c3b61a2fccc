using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Vmbus.Gen.Analyzers.Contracts;
using Vmbus.Gen.Analyzers.Flow;
using Vmbus.Gen.Analyzers.Irql.Calls;
using Vmbus.Gen.Analyzers.Irql.Findings;
using Vmbus.Gen.Analyzers.Irql.Levels;

namespace Vmbus.Gen.Analyzers.Irql;

/// <summary>Runs functions: to report what is wrong in them, or to know what they do to who calls them.</summary>
internal sealed class IrqlAnalysis(IrqlModel model, Func<IMethodSymbol, IrqlSummary> summaryOf, CancellationToken cancellation)
{
    /// <summary>One run of one graph.</summary>
    internal sealed class Result(IrqlPass pass, IrqlDomain domain, IReadOnlyList<FlowExit<IrqlState>> exits)
    {
        public IrqlPass Pass { get; } = pass;

        public IrqlDomain Domain { get; } = domain;

        public IReadOnlyList<FlowExit<IrqlState>> Exits { get; } = exits;
    }

    public Result Run(ControlFlowGraph graph, IrqlFunction function)
    {
        VmbusTypes types = model.Types;
        var session = new FlowSession(model.Flow, type => IrqlDomain.Tracks(types, type), cancellation);
        var pass = new IrqlPass(model, function, summaryOf, session);
        var domain = new IrqlDomain(pass);
        FlowProgram program = session.ProgramOf(graph, function.Method);
        program.Enter();
        SmallMap<IntervalSet> facts = SmallMap<IntervalSet>.Empty.With(pass.Entry.Id, function.Levels ?? IrqlContracts.AnyLevel);
        IReadOnlyList<FlowExit<IrqlState>> exits = new FlowInterpreter<IrqlState>(program, domain, session).Run(
            [new Disjunct<IrqlState>(new IrqlState(pass.Entry), SmallMap<Value>.Empty, facts, null)]);
        foreach (FlowExit<IrqlState> exit in exits)
        {
            if (exit.Kind == FlowExitKind.Return)
            {
                domain.Return(exit.Value);
            }
        }

        return new Result(pass, domain, exits);
    }

    /// <summary>What a function that runs at its caller's level does to that.</summary>
    public IrqlSummary Summarize(IMethodSymbol method)
    {
        var function = new IrqlFunction(method, null, TypeSubstitution.For(method), IsCallback: false, IsStart: false);
        ImmutableArray<ControlFlowGraph> graphs = model.Graphs.Of(method, cancellation);
        var findings = new FindingCollector();
        IReadOnlyList<FlowExit<IrqlState>>? exits = null;
        IrqlPass? last = null;
        var throwing = new ThrowingCalls(model, function, summaryOf);
        LevelSet throwsAt = LevelSet.None;
        ThrownLevel? thrown = null;
        foreach (ControlFlowGraph graph in graphs)
        {
            if (model.Quiet.IsQuiet(graph, function, summaryOf))
            {
                exits = null;
                throwsAt = throwsAt.Union(throwing.LevelsOf(graph));
                continue;
            }

            Result result = Run(graph, function);
            throwsAt = throwsAt.Union(result.Domain.CollectsImplicitThrows && !throwing.FailsUnseen(graph) ? ThrowsAt(result) : throwing.LevelsOf(graph));
            foreach (IrqlFinding finding in result.Pass.Findings.Conditional())
            {
                findings.Add(finding);
            }

            foreach (DelegateCall call in result.Pass.Findings.Calls)
            {
                findings.Add(call);
            }

            thrown = Either(thrown, ThrownBy(result));
            exits = result.Exits;
            last = result.Pass;
        }

        IMethodSymbol? implied = CallGraph.BaseConstructor(method);
        if (implied is not null && model.Graphs.HasCode(implied))
        {
            IrqlSummary ancestor = summaryOf(implied);
            throwsAt = throwsAt.Union(ancestor.ThrowsAt);
            thrown = Either(thrown, ancestor.WhenThrown);
            foreach (IrqlFinding finding in ancestor.Findings)
            {
                findings.Add(finding);
            }
        }
        else if (implied is not null || ThrowingCalls.HasForeignBase(method))
        {
            throwsAt = LevelSet.All;
        }

        ImmutableArray<IrqlFinding> conditional = findings.Conditional();
        var summary = new IrqlSummary { Findings = conditional, Calls = [.. findings.Calls], ThrowsAt = throwsAt, WhenThrown = thrown };
        return exits is null || last is null ? summary : Complete(summary, exits, last);
    }

    /// <summary>The levels at which a function is called where an exception comes out of it.</summary>
    private static LevelSet ThrowsAt(Result result)
    {
        LevelSet levels = LevelSet.None;
        foreach (FlowExit<IrqlState> exit in result.Exits)
        {
            levels = exit.Kind == FlowExitKind.Return ? levels : levels.Union(EntryOf(exit, result.Pass));
        }

        return levels;
    }

    private static LevelSet EntryOf(FlowExit<IrqlState> exit, IrqlPass pass) => LevelSet.From(exit.Disjunct.Facts.Find(pass.Entry.Id) ?? IrqlContracts.AnyLevel) ?? LevelSet.All;

    /// <summary>The level that exceptions, or an async function that goes on elsewhere, leave to who called it.</summary>
    private static ThrownLevel? ThrownBy(Result result)
    {
        ThrownLevel? thrown = null;
        bool isAsync = result.Pass.Function.Method.IsAsync;
        foreach (FlowExit<IrqlState> exit in result.Exits)
        {
            IrqlState left = exit.Disjunct.State.Left(0) ?? exit.Disjunct.State;
            LevelSet entry = EntryOf(exit, result.Pass);
            if ((exit.Kind != FlowExitKind.Return || (isAsync && left.Raises.Count > 0)) && RaisedTo(left) is { } raised
                && (left.Raises.Count > 0 ? entry : entry.Except(LevelSet.Of(raised))) is { IsEmpty: false } from)
            {
                thrown = Either(thrown, new ThrownLevel((int)raised, from));
            }
        }

        return thrown;
    }

    /// <summary>The level that a function has changed to; of states that became one, the highest that is still raised to.</summary>
    private static long? RaisedTo(IrqlState left)
        => left.Level is Constant { IsNumber: true } level ? level.Number
            : left.Level is null ? left.Raises.Select(static r => r.Raised is Constant { IsNumber: true } to ? to.Number : (long?)null).Max()
            : null;

    private static ThrownLevel? Either(ThrownLevel? left, ThrownLevel? right)
        => left is not { } one || right is not { } other ? left ?? right : new ThrownLevel(Math.Max(one.Value, other.Value), one.From.Union(other.From));

    private static IrqlSummary Complete(IrqlSummary summary, IReadOnlyList<FlowExit<IrqlState>> exits, IrqlPass pass)
    {
        ExitLevel? level = null;
        bool isNotBelow = true;
        LevelSet whenTrue = LevelSet.None;
        LevelSet whenFalse = LevelSet.None;
        bool isBoolean = pass.Function.Method.ReturnType.SpecialType == SpecialType.System_Boolean;
        foreach (FlowExit<IrqlState> exit in exits)
        {
            LevelSet entry = EntryOf(exit, pass);
            if (exit.Kind != FlowExitKind.Return)
            {
                continue;
            }

            ExitLevel at = LevelOf(exit.Disjunct, pass);
            isNotBelow &= at.Kind is ExitLevelKind.Same or ExitLevelKind.NotBelow || (at.Kind == ExitLevelKind.Fixed && exit.Disjunct.State.Raises.Count > 0);
            level = level is null || level == at ? at : new ExitLevel(isNotBelow ? ExitLevelKind.NotBelow : ExitLevelKind.Unknown, 0);
            for (long candidate = 0; candidate <= IrqlContracts.Dispatch; candidate++)
            {
                if (entry.Contains(candidate))
                {
                    bool? answer = isBoolean ? Truth(exit, pass.Entry, candidate) : null;
                    whenTrue = answer != false ? whenTrue.Union(LevelSet.Of(candidate)) : whenTrue;
                    whenFalse = answer != true ? whenFalse.Union(LevelSet.Of(candidate)) : whenFalse;
                }
            }
        }

        return level is not { } single || pass.Function.Method.IsAsync || Enumerations.IsIterator(pass.Function.Method)
            ? summary
            : new IrqlSummary { Findings = summary.Findings, Calls = summary.Calls, ThrowsAt = summary.ThrowsAt, WhenThrown = summary.WhenThrown, Exit = single, WhenTrue = whenTrue, WhenFalse = whenFalse };
    }

    private static ExitLevel LevelOf(Disjunct<IrqlState> exit, IrqlPass pass)
    {
        Value? level = exit.State.Level;
        if (ReferenceEquals(level, pass.Entry))
        {
            return default;
        }

        return ReferenceEquals(level, pass.NotBelowEntry) ? new ExitLevel(ExitLevelKind.NotBelow, 0)
            : level is Constant { IsNumber: true } constant ? new ExitLevel(ExitLevelKind.Fixed, (int)constant.Number)
            : pass.ParameterOf(level) is { } parameter ? new ExitLevel(ExitLevelKind.Parameter, MethodParameters.OrdinalOf(parameter))
            : pass.ParameterOf(LevelChanges.ScopeBefore(level)) is { } scope ? new ExitLevel(ExitLevelKind.Scope, MethodParameters.OrdinalOf(scope))
            : new ExitLevel(ExitLevelKind.Unknown, 0);
    }

    /// <summary>What a function answers when it is called at one level; null if that depends on more.</summary>
    private static bool? Truth(FlowExit<IrqlState> exit, Symbol entry, long level)
    {
        switch (exit.Value)
        {
            case Constant { IsNumber: true } constant:
                return constant.Number != 0;
            case Symbol symbol:
                return (exit.Disjunct.Facts.Find(symbol.Id) ?? symbol.Range) is var range && range.Contains(1) ? range.Contains(0) ? null : true : false;
            case Predicate predicate:
                bool all = true;
                foreach (Atom atom in predicate.Atoms)
                {
                    IntervalSet known = ReferenceEquals(atom.Symbol, entry) ? IntervalSet.Of(level) : exit.Disjunct.Facts.Find(atom.Symbol.Id) ?? atom.Symbol.Range;
                    if (!known.Overlaps(atom.Set))
                    {
                        return predicate.Negated;
                    }

                    all &= known.IsSubsetOf(atom.Set);
                }

                return all ? !predicate.Negated : null;
            default:
                return null;
        }
    }
}
