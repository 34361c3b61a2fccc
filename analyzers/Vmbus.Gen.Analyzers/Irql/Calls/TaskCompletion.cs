using Microsoft.CodeAnalysis;
using Vmbus.Gen.Analyzers.Flow;
using Vmbus.Gen.Analyzers.Irql.Levels;

namespace Vmbus.Gen.Analyzers.Irql.Calls;

/// <summary>What tests of a task tell about whether it is complete.</summary>
internal static class TaskCompletion
{
    private static readonly object CompletedTest = new();
    private static readonly object Status = new();

    /// <summary>RanToCompletion, Canceled and Faulted are the last of TaskStatus.</summary>
    private static readonly IntervalSet CompletedStates = IntervalSet.Between(5, 7);

    /// <summary>The value of a member of a task, or of an awaiter, that tells whether it is complete; null of any other member.</summary>
    public static Value? Read(Machine<IrqlState> machine, Value task, ISymbol member)
    {
        // By the name first: this is asked of every property that is read.
        return member switch
        {
            IPropertySymbol { Name: "IsCompleted" or "IsCompletedSuccessfully" or "IsFaulted" or "IsCanceled" } when IsOfTasks(member) => TestNow(machine, task),
            IPropertySymbol { Name: "Status" } when IsOfTasks(member) => StatusNow(machine, task),
            _ => null,
        };
    }

    /// <summary>Whether a task is known to be complete.</summary>
    public static bool IsKnown(Machine<IrqlState> machine, Value task)
        => machine.Truth(TestOf(machine.Session, task)) == true || machine.RangeOf(StatusOf(machine.Session, task)).IsSubsetOf(CompletedStates);

    public static bool IsOfTasks(ISymbol symbol) => NamespaceNames.Of(symbol) is "System.Threading.Tasks" or "System.Runtime.CompilerServices";

    /// <summary>A task that was not complete may be by now; one that was stays so.</summary>
    private static Symbol TestNow(Machine<IrqlState> machine, Value task)
    {
        Symbol test = TestOf(machine.Session, task);
        if (machine.Truth(test) == false)
        {
            machine.Renew(test);
        }

        return test;
    }

    private static Symbol StatusNow(Machine<IrqlState> machine, Value task)
    {
        Symbol status = StatusOf(machine.Session, task);
        if (!machine.RangeOf(status).IsSubsetOf(CompletedStates))
        {
            machine.Renew(status);
        }

        return status;
    }

    private static Symbol TestOf(FlowSession session, Value task) => session.Values.Derived(CompletedTest, null, task, null, isBoolean: true);

    private static Symbol StatusOf(FlowSession session, Value task) => session.Values.Derived(Status, null, task, null, isBoolean: false);
}
