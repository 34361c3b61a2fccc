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
    /// <summary>How many blocks a method has at most that is run inside its caller.</summary>
    private const int MaximumInside = 32;

    private static readonly object CompletedTest = new();

    private IrqlModel Model => pass.Model;

    /// <summary>The condition that a task is complete.</summary>
    public static Value CompletedTestOf(FlowSession session, Value task) => session.Values.Derived(CompletedTest, null, task, null, isBoolean: true);

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
                Enter(isOwnWay ? machine.Fork() : machine, body, operation, call.Arguments, call.Instance is null ? 0 : 1, isOnly: isOwnWay || bodies.Length == 1);
            }
        }
    }

    private bool LeavesLevelChanged(IMethodSymbol body) => !body.IsAsync && Model.Graphs.HasCode(body) && pass.SummaryOf(body).Exit.Kind == ExitLevelKind.Fixed;

    /// <summary>Judges a function by what it says of itself; false if it says nothing.</summary>
    public bool JudgeByContract(Machine<IrqlState> machine, IMethodSymbol method, IOperation operation)
    {
        IntervalSet? levels = Model.Contracts.LevelsOf(method);
        bool blocks = Model.Contracts.SaysThatItBlocks(method);
        long? raises = Model.Contracts.RaisesTo(method);
        if (levels is null && !blocks && raises is null)
        {
            return false;
        }

        Location location = operation.Syntax.GetLocation();
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

        return true;
    }

    /// <summary>What is wrong with calling a function that is known by name or by value; false if there is no body to look at.</summary>
    public void JudgeFunction(Machine<IrqlState> machine, IMethodSymbol function, IOperation operation)
    {
        IMethodSymbol method = pass.Function.Substitution.Of(function);
        if (!JudgeByContract(machine, method, operation) && !JudgeByTable(machine, new CallTarget(method, []), operation))
        {
            Enter(machine, method, operation, [], 0, isOnly: false);
        }
    }

    /// <summary>The first use of a type: what its initializer allocates, it does once only.</summary>
    public void JudgeInitializer(Machine<IrqlState> machine, IMethodSymbol initializer, IOperation operation)
    {
        Location location = operation.Syntax.GetLocation();
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
            && machine.Truth(CompletedTestOf(pass.Session, task)) == true)
        {
            return true;
        }

        Location location = operation.Syntax.GetLocation();
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
    private void Enter(Machine<IrqlState> machine, IMethodSymbol body, IOperation operation, ImmutableArray<IArgumentOperation> arguments, int firstArgument, bool isOnly)
    {
        Location location = operation.Syntax.GetLocation();
        var step = new CallStep(IrqlModel.NameOf(body), location);
        if ((body.MethodImplementationFlags & MethodImplAttributes.Synchronized) != 0)
        {
            pass.Note(machine, location, new IrqlFinding(IrqlRule.EntersMonitor, LevelSet.Dispatch, "", new CallWay(step)));
        }

        if (!Model.Graphs.HasCode(body))
        {
            return;
        }

        if (isOnly && InsideOf(machine, body, arguments, firstArgument, operation) is { } graph
            && pass.RunInside(machine, body, graph, [.. body.Parameters.Select(p => Argument(machine, arguments, firstArgument, p.Ordinal))], operation, step))
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
                waits.Pass(machine, here, Argument(machine, arguments, firstArgument, finding.Parameter), operation);
            }
        }

        foreach (DelegateCall call in summary.Calls)
        {
            IArgumentOperation? argument = Find(arguments, call.Ordinal);
            Invoke(machine, Argument(machine, arguments, firstArgument, call.Ordinal), argument?.Value, operation, call);
        }

        if (summary.LevelWhenThrown is { } thrown)
        {
            Machine<IrqlState> failed = machine.Fork();
            failed.State = failed.State.Raise(failed.Fresh(operation, typeof(IrqlSummary), isBoolean: false), Constant.Of((long)thrown), location);
            failed.RaiseImplicitly();
            failed.Stop();
        }

        if (isOnly && !body.IsAsync)
        {
            Leave(machine, summary, arguments, firstArgument, location, body);
        }
    }

    /// <summary>
    /// The graph of a method that is run inside its caller, because it answers with a level or is given one that is known here: no
    /// summary tells what it does then. Null for all others.
    /// </summary>
    private ControlFlowGraph? InsideOf(Machine<IrqlState> machine, IMethodSymbol body, ImmutableArray<IArgumentOperation> arguments, int firstArgument, IOperation operation)
    {
        bool isOwn = operation is IInvocationOperation { Instance: null or IInstanceReferenceOperation } or IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation };
        if (!isOwn || body.IsAsync || body.MethodKind is not (MethodKind.Ordinary or MethodKind.PropertyGet)
            || pass.Session.Running.Contains(body.OriginalDefinition, SymbolEqualityComparer.Default))
        {
            return null;
        }

        bool isAboutLevels = VmbusTypes.Same(Model.Types.Irql, body.ReturnType)
            || body.Parameters.Any(p => VmbusTypes.Same(Model.Types.Irql, p.Type) && LevelSet.From(machine.RangeOf(Argument(machine, arguments, firstArgument, p.Ordinal))) is not null);
        return isAboutLevels && Model.Graphs.Of(body, pass.Session.Cancellation) is [var graph] && graph.Blocks.Length <= MaximumInside ? graph : null;
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
                RunAt(machine, function, operation, at, through?.At);
                break;
            case Aggregate combined:
                foreach (Value one in combined.Elements)
                {
                    Invoke(machine, one, null, operation, through);
                }

                break;
            case Symbol { Kind: SymbolKind.Entry } when pass.ParameterOf(value) is { } parameter && pass.Function.IsOpen:
                if (isConditional || through?.At is not null)
                {
                    pass.Findings.Add(new DelegateCall(parameter.Ordinal, isConditional ? at : LevelSet.All, through?.At, new CallStep(parameter.Name, operation.Syntax.GetLocation())));
                }
                else
                {
                    pass.Findings.Add(new DelegateCall(parameter.Ordinal, LevelSet.All, levels.Highest, new CallStep(parameter.Name, operation.Syntax.GetLocation())));
                }

                break;
            default:
                foreach (IMethodSymbol function in Model.Delegates.In(source, machine.Program))
                {
                    At(machine, at, through?.At, m => JudgeFunction(m, function, operation));
                }

                break;
        }
    }

    private void RunAt(Machine<IrqlState> machine, Function function, IOperation operation, LevelSet levels, long? fixedLevel)
    {
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
                JudgeFunction(within, function.Method, operation);
                within.Stop();
            }

            return;
        }

        At(machine, levels, fixedLevel, m => JudgeFunction(m, function.Method, operation));
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

    /// <summary>The level after a body has returned, and what its answer says about the level.</summary>
    private void Leave(Machine<IrqlState> machine, IrqlSummary summary, ImmutableArray<IArgumentOperation> arguments, int firstArgument, Location location, IMethodSymbol body)
    {
        NarrowByAnswer(machine, summary, body);

        switch (summary.Exit.Kind)
        {
            case ExitLevelKind.Fixed:
                if (pass.LevelsAt(machine) is (var levels, _) && levels.Highest > summary.Exit.Value)
                {
                    changes.Lower(machine, Constant.Of((long)summary.Exit.Value), location, IrqlModel.NameOf(body));
                }
                else
                {
                    machine.State = machine.State.At(Constant.Of((long)summary.Exit.Value));
                }

                break;
            case ExitLevelKind.Parameter:
                changes.Lower(machine, Argument(machine, arguments, firstArgument, summary.Exit.Value), location, IrqlModel.NameOf(body));
                break;
            case ExitLevelKind.Scope:
                changes.Dispose(machine, Argument(machine, arguments, firstArgument, summary.Exit.Value));
                break;
            case ExitLevelKind.Unknown:
                machine.State = machine.State.Close(static _ => true, null);
                break;
        }
    }

    private static void NarrowByAnswer(Machine<IrqlState> machine, IrqlSummary summary, IMethodSymbol body)
    {
        if (summary.WhenTrue == LevelSet.All && summary.WhenFalse == LevelSet.All)
        {
            return;
        }

        if (body.ReturnType.SpecialType != SpecialType.System_Boolean)
        {
            Keep(machine, summary.WhenTrue);
            return;
        }

        Machine<IrqlState> otherwise = machine.Fork();
        machine.Result = Constant.True;
        otherwise.Result = Constant.False;
        Keep(machine, summary.WhenTrue);
        Keep(otherwise, summary.WhenFalse);
    }

    /// <summary>Goes on only where the level is one of some.</summary>
    private static void Keep(Machine<IrqlState> machine, LevelSet levels)
    {
        bool mayBe = machine.State.Level switch
        {
            Symbol level => machine.Constrain(level, levels.ToRange()),
            Constant { IsNumber: true } level => levels.ToRange().Contains(level.Number),
            _ => true,
        };
        if (!mayBe)
        {
            machine.Stop();
        }
    }

    private static IArgumentOperation? Find(ImmutableArray<IArgumentOperation> arguments, int ordinal)
    {
        foreach (IArgumentOperation argument in arguments)
        {
            if (argument.Parameter?.Ordinal == ordinal)
            {
                return argument;
            }
        }

        return null;
    }

    private static Value? Argument(Machine<IrqlState> machine, ImmutableArray<IArgumentOperation> arguments, int first, int ordinal)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            if (arguments[i].Parameter?.Ordinal == ordinal && first + i < machine.OperandCount)
            {
                return machine.Operand(first + i);
            }
        }

        return null;
    }
}
