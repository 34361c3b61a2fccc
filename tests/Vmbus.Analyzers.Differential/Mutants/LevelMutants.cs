using System.Collections.Immutable;

namespace Vmbus.Analyzers.Differential.Mutants;

/// <summary>Mistakes in what follows the level, and in the calls that are judged at it.</summary>
internal static class LevelMutants
{
    public static readonly ImmutableArray<Mutant> All =
    [
        new("the current level is not known", "Irql/Levels/LevelChanges.cs", "return machine.State.Level;", "return null;"),
        new("the end of a scope is lost", "Irql/Levels/LevelChanges.cs", "Dispose(machine, machine.Operand(0));", ""),
        new("the level before a raise is PASSIVE_LEVEL", "Irql/Levels/LevelChanges.cs", "? machine.State.Find(scope) is { } raise ? raise.Previous : BeforeOf(scope)", "? Constant.Of(0)"),
        new("a raise does not raise", "Irql/Levels/LevelChanges.cs", "machine.State = machine.State.Raise(scope, level, location);", ""),
        new("raises stay open when they are undone", "Irql/Levels/IrqlState.cs", "[.. _raises.Where(r => !ends(r))]", "_raises"),
        new("an await leaves the level as it is", "Irql/IrqlDomain.cs", "machine.State = machine.State.Elsewhere(Constant.Of(IrqlContracts.Passive), _pass.Session.Running.Count);", ""),
        new("every await goes on elsewhere", "Irql/IrqlDomain.cs", "if (!isComplete)", "if (isComplete || !isComplete)"),
        new("work for other threads runs at the level of who hands it over", "Irql/IrqlDomain.cs", "InvokeArguments(machine, operation, IrqlContracts.Passive);", "InvokeArguments(machine, operation, null);"),
        new("what the framework calls back is not called", "Irql/IrqlDomain.cs", "InvokeArguments(machine, operation, null);", ""),
        new("what is enumerated does not run", "Irql/IrqlDomain.cs", "foreach (IMethodSymbol function in _model.Enumerations.FunctionsRunBy(operation))", "foreach (IMethodSymbol function in new IMethodSymbol[0])"),
        new("virtual targets are dropped", "Irql/Calls/CalledBodies.cs", "ImmutableArray<IMethodSymbol> all = hierarchy.Implementations(method);", "ImmutableArray<IMethodSymbol> all = [method];"),
        new("the first implementation stands for all", "Irql/Calls/TypeHierarchy.cs", "return [.. found.Where(static m => !m.IsAbstract).Distinct<IMethodSymbol>(SymbolEqualityComparer.Default)", "return [.. found.Where(static m => !m.IsAbstract).Take(1)"),
        new("a delegate runs where it is written", "Irql/Calls/CallJudge.cs", "else if (!pass.Run(within, function, operation, machine.State, fixedLevel is { } called ? Constant.Of(called) : null))", "else"),
        new("of delegates that are combined none runs", "Irql/Calls/CallJudge.cs", "Invoke(machine, one, null, operation, through);", ""),
        new("delegates in members are nobody's", "Irql/Calls/CallJudge.cs", "foreach (IMethodSymbol function in Model.Delegates.In(source, machine.Program))", "foreach (IMethodSymbol function in new IMethodSymbol[0])"),
        new("a contract says nothing", "Irql/Calls/CallJudge.cs", "if (levels is null && !blocks && raises is null)", "if (levels is not null || (!blocks && raises is null))"),
        new("a contract has no lowest level", "Irql/Calls/CallJudge.cs", "LevelSet.Below(levels.Minimum)", "LevelSet.None"),
        new("the table of .NET is not asked", "Irql/BlockingCatalog.cs", "else if (table.TryFind(SymbolId.HashOf(declared, table.Seed, out _), out member))", "else if (table.Seed > uint.MaxValue - 1 && table.TryFind(SymbolId.HashOf(declared, table.Seed, out _), out member))"),
        new("what a helper answers says nothing of the level", "Irql/Calls/CallReturns.cs", "Keep(machine, summary.WhenTrue);\n        Keep(otherwise, summary.WhenFalse);", ""),
        new("an exception leaves the level that was", "Irql/Calls/CallReturns.cs", "if (summary.WhenThrown is not { } thrown)", "if (summary.WhenThrown is not { } thrown || thrown.Value >= 0)"),
        new("a level that is handed on is not followed", "Irql/Calls/InsideCalls.cs", "graph.Blocks.Length <= MaximumBlocks", "graph.Blocks.Length < 0"),
        new("recursion does nothing", "Irql/Findings/IrqlSummaries.cs", "_known.TryAdd(function, assumed[function]);", "_known.TryAdd(function, IrqlSummary.None);"),
        new("what may be on two paths is only what both say", "Irql/Levels/LevelSet.cs", "new(_mask | other._mask)", "new(_mask & other._mask)"),
        new("a base constructor does nothing", "Irql/IrqlAnalysis.cs", "if (implied is not null && model.Graphs.HasCode(implied))", "if (implied is not null && !model.Graphs.HasCode(implied))"),
        new("finally is skipped when control leaves a try", "Flow/ExceptionRouter.cs", "pending = new PendingFinally(finallyRegions[i], context, pending);", ""),
        new("what is known of a condition is forgotten", "Flow/FlowInterpreter.cs", "if (machine.Assume(condition, sense))", "if (machine.Assume(null, sense))"),
        new("either pattern is both", "Flow/PatternMatcher.cs", "binary.OperatorKind == BinaryOperatorKind.Or ? ValueAlgebra.Or(left, right) : ValueAlgebra.And(left, right)", "ValueAlgebra.And(left, right)"),
    ];
}
