using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Contracts;
using Vmbus.Gen.Analyzers.Flow;
using Vmbus.Gen.Analyzers.Irql.Effects;
using Vmbus.Gen.Analyzers.Irql.Findings;
using Vmbus.Gen.Analyzers.Irql.Levels;
using SymbolKind = Vmbus.Gen.Analyzers.Flow.SymbolKind;

namespace Vmbus.Gen.Analyzers.Irql.Calls;

/// <summary>
/// Holds a call to what the called member says of itself, to the table of .NET, or to what its body does; one after the other, and
/// the first that has something to say decides.
/// </summary>
internal sealed class CallJudge(IrqlPass pass, LevelChanges changes, SelfWaits waits)
{
    private readonly CallReturns _returns = new(pass, changes);

    private IrqlModel Model => pass.Model;

    public void Judge(Machine<IrqlState> machine, CallTarget call, IOperation operation)
    {
        IMethodSymbol method = CalledBodies.Resolve(call, pass.Function.Substitution);
        if (JudgeByContract(machine, method, operation) || JudgeByTable(machine, call with { Method = method }, operation))
        {
            return;
        }

        waits.Begin(machine, method, operation);
        if (Enumerations.IsIterator(method))
        {
            // Its body runs where it is enumerated.
            return;
        }

        ImmutableArray<IMethodSymbol> bodies = Model.Bodies.Of(call, pass.Function.Substitution);
        foreach (IMethodSymbol body in bodies)
        {
            if (SymbolEqualityComparer.Default.Equals(body, method) || !JudgeByContract(machine, body, operation))
            {
                // Which of several runs is not known: one that leaves the level changed is a way of its own.
                bool isOwnWay = bodies.Length > 1 && LeavesLevelChanged(body);
                Enter(isOwnWay ? machine.Fork() : machine, body, operation, CallArguments.Of(call.Method, call.Instance, call.Arguments), isOnly: isOwnWay || bodies.Length == 1);
            }
        }
    }

    private bool LeavesLevelChanged(IMethodSymbol body) => !body.IsAsync && Model.Graphs.HasCode(body) && pass.SummaryOf(body).Exit.Kind == ExitLevelKind.Fixed;

    /// <summary>Judges a function by what it says of itself; false if it says nothing.</summary>
    /// <param name="machine">The path.</param>
    /// <param name="method">The function.</param>
    /// <param name="operation">What calls it.</param>
    /// <param name="isElsewhere">Whether it runs on another thread.</param>
    public bool JudgeByContract(Machine<IrqlState> machine, IMethodSymbol method, IOperation operation, bool isElsewhere = false)
    {
        IntervalSet? levels = Model.Contracts.LevelsOf(method);
        bool blocks = Model.Contracts.SaysThatItBlocks(method);
        long? raises = Model.Contracts.RaisesTo(method);
        if (levels is null && !blocks && raises is null)
        {
            return false;
        }

        Location location = CallSite.Of(operation);
        var way = new CallWay(new CallStep(IrqlModel.NameOf(method), location));
        if (levels is not null)
        {
            pass.Note(machine, location, new IrqlFinding(IrqlRule.RequiresLower, LevelSet.Above(levels.Maximum), LevelNames.Of(levels.Maximum), way));
            pass.Note(machine, location, new IrqlFinding(IrqlRule.RequiresHigher, LevelSet.Below(levels.Minimum), LevelNames.Of(levels.Minimum), way));
            waits.Note(machine, method, operation, LevelSet.All.Except(LevelSet.Above(levels.Maximum)));
        }
        else if (blocks)
        {
            pass.Note(machine, location, new IrqlFinding(IrqlRule.Blocks, LevelSet.Dispatch, "", way));
        }

        if (raises is { } to)
        {
            changes.Raise(machine, Constant.Of(to), operation, IrqlModel.NameOf(method));
        }
        else if (!isElsewhere && Model.MayLeaveRaised(method))
        {
            // No contract speaks of the level after an exception.
            CallReturns.Fail(machine, pass.SummaryOf(method), operation, method);
        }

        return true;
    }

    /// <summary>What is wrong with calling a function that is known by name or by value; false if there is no body to look at.</summary>
    /// <param name="machine">The path.</param>
    /// <param name="function">The function.</param>
    /// <param name="operation">What has it run.</param>
    /// <param name="isElsewhere">Whether it runs on another thread.</param>
    public void JudgeFunction(Machine<IrqlState> machine, IMethodSymbol function, IOperation operation, bool isElsewhere = false)
    {
        IMethodSymbol method = pass.Function.Substitution.Of(function);
        if (!JudgeByContract(machine, method, operation, isElsewhere) && !JudgeByTable(machine, new CallTarget(method, []), operation))
        {
            Enter(machine, method, operation, CallArguments.None, isOnly: false, isElsewhere);
        }
    }

    /// <summary>The first use of a type: what its initializer allocates, it does once only.</summary>
    public void JudgeInitializer(Machine<IrqlState> machine, IMethodSymbol initializer, IOperation operation)
    {
        Location location = CallSite.Of(operation);
        var step = new CallStep(IrqlModel.NameOf(initializer), location);
        foreach (IrqlFinding finding in pass.SummaryOf(initializer).Findings)
        {
            if (finding.Rule != IrqlRule.Allocates && finding.Wait == SelfWait.None)
            {
                pass.Note(machine, location, finding with { Way = new CallWay(step, finding.Way) });
            }
        }
    }

    private bool JudgeByTable(Machine<IrqlState> machine, CallTarget call, IOperation operation)
    {
        BlockingMember member = Model.Calls.Of(call, operation);
        if (member.Category == BlockingCategory.None)
        {
            return false;
        }

        if (member.Condition == BlockingCondition.UnlessCompleted && machine.OperandCount > 0 && machine.Operand(0) is Symbol task
            && TaskCompletion.IsKnown(machine, task))
        {
            return true;
        }

        Location location = CallSite.Of(operation);
        waits.Finish(machine, machine.OperandCount > 0 ? machine.Operand(0) : null);
        pass.Note(
            machine,
            location,
            new IrqlFinding(
                member.Category == BlockingCategory.Monitor ? IrqlRule.EntersMonitor : IrqlRule.Blocks,
                LevelSet.Dispatch,
                "",
                new CallWay(new CallStep(IrqlModel.NameOf(call.Method), location))));
        return true;
    }

    /// <summary>Applies what is known of a body that runs here.</summary>
    private void Enter(Machine<IrqlState> machine, IMethodSymbol body, IOperation operation, CallArguments arguments, bool isOnly, bool isElsewhere = false)
    {
        Location location = CallSite.Of(operation);
        var step = new CallStep(IrqlModel.NameOf(body), location);
        if ((body.MethodImplementationFlags & MethodImplAttributes.Synchronized) != 0)
        {
            pass.Note(machine, location, new IrqlFinding(IrqlRule.EntersMonitor, LevelSet.Dispatch, "", new CallWay(step)));
        }

        if (!Model.Graphs.HasCode(body))
        {
            return;
        }

        if (isOnly && InsideCalls.GraphOf(machine, body, arguments, operation, pass) is { } graph
            && pass.RunInside(machine, body, graph, [.. MethodParameters.Of(body).Select(p => arguments.ValueFor(machine, MethodParameters.OrdinalOf(p)))], operation, step))
        {
            return;
        }

        IrqlSummary summary = pass.SummaryOf(body);
        foreach (IrqlFinding finding in summary.Findings)
        {
            IrqlFinding here = finding with { Way = new CallWay(step, finding.Way) };
            if (finding.Wait == SelfWait.None)
            {
                pass.Note(machine, location, here);
            }
            else
            {
                waits.Pass(machine, here, arguments.ValueFor(machine, finding.Parameter), operation);
            }
        }

        foreach (DelegateCall call in summary.Calls)
        {
            Invoke(machine, arguments.ValueFor(machine, call.Ordinal), arguments.SourceFor(call.Ordinal), operation, call);
        }

        if (!isElsewhere)
        {
            CallReturns.Fail(machine, summary, operation, body);
        }

        if (isOnly && !body.IsAsync)
        {
            _returns.Leave(machine, summary, arguments, location, body);
        }
    }

    /// <summary>Runs a delegate that is called now, or that <paramref name="through"/> calls for us.</summary>
    public void Invoke(Machine<IrqlState> machine, Value? value, IOperation? source, IOperation operation, DelegateCall? through)
    {
        if (pass.LevelsAt(machine) is not (var levels, var isConditional))
        {
            return;
        }

        LevelSet at = through is null ? levels : levels.Intersect(through.Levels);
        if (at.IsEmpty)
        {
            return;
        }

        switch (value)
        {
            case Function function:
                RunAt(machine, function, operation, at, through);
                break;
            case Aggregate combined:
                foreach (Value one in combined.Elements)
                {
                    Invoke(machine, one, null, operation, through);
                }

                break;
            case Symbol { Kind: SymbolKind.Entry } when pass.ParameterOf(value) is { } parameter && pass.Function.IsOpen:
                pass.Findings.Add(new DelegateCall(
                    MethodParameters.OrdinalOf(parameter),
                    isConditional ? at : LevelSet.All,
                    isConditional || through?.At is not null ? through?.At : levels.Highest,
                    through is { IsElsewhere: true } || machine.State.IsElsewhere,
                    new CallStep(parameter.Name, CallSite.Of(operation))));

                break;
            default:
                foreach (IMethodSymbol function in Model.Delegates.In(source, machine.Program))
                {
                    At(machine, at, through?.At, m => JudgeFunction(m, function, operation, through is { IsElsewhere: true }));
                }

                break;
        }
    }

    private void RunAt(Machine<IrqlState> machine, Function function, IOperation operation, LevelSet levels, DelegateCall? through)
    {
        long? fixedLevel = through?.At;
        bool isElsewhere = through is { IsElsewhere: true };
        if (Model.Contracts.LevelsOf(function.Method) is null && function.Method.MethodKind is MethodKind.AnonymousFunction or MethodKind.LocalFunction)
        {
            // Whether and how often it runs is the other function's business: the way without it goes on, too.
            Machine<IrqlState> within = machine.Fork();
            if (!Narrow(within, levels, fixedLevel))
            {
                within.Stop();
            }
            else if (!pass.Run(within, function, operation, machine.State, fixedLevel is { } called ? Constant.Of(called) : null))
            {
                JudgeFunction(within, function.Method, operation, isElsewhere);
                within.Stop();
            }

            return;
        }

        At(machine, levels, fixedLevel, m => JudgeFunction(m, function.Method, operation, isElsewhere));
    }

    /// <summary>Does something at another level, or at fewer of those that it may be, and goes on as before.</summary>
    private void At(Machine<IrqlState> machine, LevelSet levels, long? fixedLevel, Action<Machine<IrqlState>> action)
    {
        IrqlState state = machine.State;
        SmallMap<IntervalSet> facts = machine.Facts;
        if (Narrow(machine, levels, fixedLevel))
        {
            action(machine);
        }

        machine.State = state;
        machine.Facts = facts;
    }

    private static bool Narrow(Machine<IrqlState> machine, LevelSet levels, long? fixedLevel)
    {
        if (fixedLevel is { } level)
        {
            machine.State = machine.State.At(Constant.Of(level));
            return true;
        }

        return machine.State.Level is not Symbol symbol || machine.Constrain(symbol, levels.ToRange());
    }
}
