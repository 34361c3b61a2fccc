using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Vmbus.Gen.Analyzers.Contracts;
using Vmbus.Gen.Analyzers.Descriptors;
using Vmbus.Gen.Analyzers.Flow;
using Vmbus.Gen.Analyzers.Irql.Levels;

namespace Vmbus.Gen.Analyzers.Irql.Reporting;

/// <summary>VMB204: what a function leaves of the level.</summary>
internal static class RaiseReports
{
    public static void Report(IrqlAnalysis.Result result, ControlFlowGraph graph, IrqlModel model, Action<Diagnostic> report)
    {
        foreach (KeyValuePair<Location, string> wrong in result.Domain.Changes.Wrong)
        {
            report(Diagnostic.Create(IrqlDescriptors.NotRestored, wrong.Key, wrong.Value));
        }

        IMethodSymbol method = result.Pass.Function.Method;
        long? promised = model.Contracts.RaisesTo(method);
        var reported = new HashSet<Location>();
        foreach (FlowExit<IrqlState> exit in result.Exits.OrderBy(static e => e.Kind))
        {
            if (exit.Kind == FlowExitKind.ImplicitThrow)
            {
                continue;
            }

            if (promised is { } level && exit.Kind == FlowExitKind.Return)
            {
                ReportContradiction(exit, level, method, report, reported);
                continue;
            }

            foreach (OpenRaise raise in exit.Disjunct.State.Raises)
            {
                if (reported.Add(raise.Location))
                {
                    string end = exit.Kind == FlowExitKind.Throw ? "an exception is thrown" : FunctionEnd.Find(graph, exit.Disjunct.LastBlock, exit.Disjunct.Path).Words;
                    report(Diagnostic.Create(
                        IrqlDescriptors.NotRestored,
                        raise.Location,
                        PathText.Locations(exit.Disjunct.Path),
                        PathText.Describe(exit.Disjunct.Path, "The IRQL is raised here and not restored", end)));
                }
            }
        }
    }

    /// <summary>A function that says that it raises returns at that level, by a raise of its own or of what it calls.</summary>
    private static void ReportContradiction(FlowExit<IrqlState> exit, long promised, IMethodSymbol method, Action<Diagnostic> report, HashSet<Location> reported)
    {
        if (exit.Disjunct.State.Level is not { } level || LevelSet.From(RangeOf(level, exit.Disjunct)) is not { } levels || levels == LevelSet.Of(promised))
        {
            return;
        }

        IReadOnlyList<OpenRaise> raises = exit.Disjunct.State.Raises;
        Location location = raises.Count > 0 ? raises[raises.Count - 1].Location : method.Locations[0];
        if (reported.Add(location))
        {
            report(Diagnostic.Create(
                IrqlDescriptors.NotRestored,
                location,
                $"'{IrqlModel.NameOf(method)}' says that it raises to {LevelNames.Of(promised)}, but may return at {LevelNames.Of(levels.Contains(promised) ? levels.Lowest : levels.Highest)}"));
        }
    }

    private static IntervalSet RangeOf(Value level, Disjunct<IrqlState> at) => level switch
    {
        Constant { IsNumber: true } constant => IntervalSet.Of(constant.Number),
        Symbol symbol => at.Facts.Find(symbol.Id) ?? symbol.Range,
        _ => IntervalSet.Full,
    };
}
