using System.Collections.Immutable;

namespace Vmbus.Analyzers.Differential.Mutants;

/// <summary>Mistakes in the engine and in what it knows of packets.</summary>
internal static class EngineMutants
{
    public static readonly ImmutableArray<Mutant> All =
    [
        new("exceptions of calls reach no handler", "Flow/FlowInterpreter.cs", "Raise(machine, node, ExceptionInfo.Implicit);", ""),
        new("a throw goes nowhere", "Flow/FlowInterpreter.cs", "Raise(machine, node, ThrownExceptions.OfThrow(block.BranchValue));", ""),
        new("a rethrow goes nowhere", "Flow/FlowInterpreter.cs", "Raise(machine, node, ThrownExceptions.OfRethrow(Program.Graph, block));", ""),
        new("finally is skipped when control leaves a try", "Flow/ExceptionRouter.cs", "pending = new PendingFinally(finallyRegions[i], context, pending);", ""),
        new("finally is skipped when an exception passes", "Flow/ExceptionRouter.cs", "pending.Add((owner.NestedRegions[1], context));", ""),
        new("an exception that a filter rejects is gone", "Flow/ExceptionRouter.cs", "Search(owner, filter.Outer, pending, filter.Exception, found);", ""),
        new("a handler catches exceptions of every type", "Flow/ExceptionRouter.cs", "return (!exception.IsExact && Inherits(caught, thrown), false);", "return (true, true);"),
        new("what is known of a condition is forgotten", "Flow/FlowInterpreter.cs", "if (machine.Assume(condition, sense))", "if (machine.Assume(null, sense))"),
        new("loops run once", "Flow/FlowInterpreter.cs", "Enqueue(node, arriving);", "if (node.Code.Block.Ordinal > _current.Code.Block.Ordinal) { Enqueue(node, arriving); }"),
        new("a value of an earlier round is the one of this round", "Flow/Machine.cs", "if (Program.Repeats(_interpreter.CurrentBlock.Ordinal))", "if (symbol.Id < 0)"),
        new("not of a pattern is the pattern", "Flow/PatternMatcher.cs", "result = ValueAlgebra.Not(Match(machine, value, type, negated.Pattern));", "result = Match(machine, value, type, negated.Pattern);"),
        new("either pattern is both", "Flow/PatternMatcher.cs", "binary.OperatorKind == BinaryOperatorKind.Or ? ValueAlgebra.Or(left, right) : ValueAlgebra.And(left, right)", "ValueAlgebra.And(left, right)"),
        new("what a call changes by reference stays as it was", "Flow/CallEffects.cs", "evaluator.Store(machine, place, machine.Fresh(call, arguments.Ordinal(i), place.IsBoolean), call);", ""),
        new("bodies of callees are not looked at", "Completion/PacketCallees.cs", "return concerns && model.HasGraph(method) ? SummaryOfAll(method, call) : null;", "return null;"),
        new("what a callee returns says nothing of what it did", "Completion/PacketCallees.cs", "outcome.Returns is { } numbers && !after.Constrain(result, numbers)", "outcome.Returns is { } numbers && numbers.IsEmpty"),
        new("recursion is looked at once", "Summaries/SummaryCache.cs", "if (!computation.IsAssumed || result.Equals(computation.Assumption))", "if (!computation.IsAssumed || round >= 0)"),
        new("a test for null decides nothing at the end", "Completion/CompletionAnalysis.cs", "|| CompletionModel.IsNull(packet, exit.Disjunct, domain.Session) == true", ""),
        new("a pended packet is owed by nobody", "Completion/PacketMembers.cs", "actions.BeginPended(machine, pended, invocation);", ""),
        new("a pended packet may be completed as the inline one", "Completion/PacketActions.cs", "PacketStatus.Pended | PacketStatus.HandedOn | PacketStatus.Borrowed", "PacketStatus.HandedOn | PacketStatus.Borrowed"),
        new("a packet handed on may be completed here", "Completion/PacketActions.cs", "PacketStatus.Retired | PacketStatus.Pended | PacketStatus.HandedOn | PacketStatus.Borrowed", "PacketStatus.Retired | PacketStatus.Pended | PacketStatus.Borrowed"),
        new("an escaping function owes nothing", "Completion/PacketActions.cs", "ledger.Escape(new EscapedPacket(function, place, element, duty, begin, same < 0 ? null : (found[same].Place, found[same].Element)));", ""),
        new("a store never refuses", "Completion/PacketCalls.cs", "refused.Constrain(accepted, IntervalSet.False);", "refused.Stop();"),
        new("what a field held is not lost", "Completion/PacketMoves.cs", "bool isPlaced = (status & (PacketStatus.Placed | PacketStatus.Owed)) == PacketStatus.Placed;", "const bool isPlaced = false;"),
        new("external data is always there", "Completion/PacketMembers.cs", "pending.State = pending.State.With(packet, (status & PacketStatus.HandedOn) | PacketStatus.Awaiting);", ""),
    ];
}
