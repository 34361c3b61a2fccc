using Microsoft.CodeAnalysis;
using Vmbus.Gen.Analyzers.Flow;
using Vmbus.Gen.Analyzers.Irql.Findings;
using Vmbus.Gen.Analyzers.Irql.Levels;

namespace Vmbus.Gen.Analyzers.Irql.Calls;

/// <summary>What a caller knows of the level once what it called has returned.</summary>
internal sealed class CallReturns(IrqlPass pass, LevelChanges changes)
{
    /// <summary>The level after a body has returned, and what its answer says about the level.</summary>
    public void Leave(Machine<IrqlState> machine, IrqlSummary summary, CallArguments arguments, Location location, IMethodSymbol body)
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
                changes.Lower(machine, arguments.ValueFor(machine, summary.Exit.Value), location, IrqlModel.NameOf(body));
                break;
            case ExitLevelKind.Scope:
                changes.Dispose(machine, arguments.ValueFor(machine, summary.Exit.Value));
                break;
            case ExitLevelKind.NotBelow when machine.State.Raises.Count > 0 || ReferenceEquals(machine.State.Level, pass.Entry) || ReferenceEquals(machine.State.Level, pass.NotBelowEntry):
                machine.State = machine.State.At(pass.NotBelowEntry);
                break;
            case ExitLevelKind.NotBelow or ExitLevelKind.Unknown:
                machine.State = machine.State.Close(static _ => true, null);
                break;
        }
    }

    /// <summary>The way on which an exception has left the body, if that leaves the level raised.</summary>
    public static void Fail(Machine<IrqlState> machine, IrqlSummary summary, IOperation operation, IMethodSymbol body)
    {
        if (summary.WhenThrown is not { } thrown)
        {
            return;
        }

        Machine<IrqlState> failed = machine.Fork();
        Keep(failed, thrown.From);
        if (failed.IsStopped)
        {
            return;
        }

        failed.State = failed.State.Raise(failed.Fresh(operation, typeof(IrqlSummary), isBoolean: false), Constant.Of((long)thrown.Value), operation.Syntax.GetLocation());
        if (!body.IsAsync)
        {
            failed.RaiseImplicitly();
            failed.Stop();
        }
    }

    private static void NarrowByAnswer(Machine<IrqlState> machine, IrqlSummary summary, IMethodSymbol body)
    {
        if (summary.WhenTrue == LevelSet.All && summary.WhenFalse == LevelSet.All)
        {
            return;
        }

        if (machine.IsFilteringCall)
        {
            LevelSet seen = LevelChanges.SeenByFilter(machine);
            if (body.ReturnType.SpecialType == SpecialType.System_Boolean && summary.WhenTrue.Overlaps(seen) != summary.WhenFalse.Overlaps(seen))
            {
                machine.Result = summary.WhenTrue.Overlaps(seen) ? Constant.True : Constant.False;
            }

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
    public static void Keep(Machine<IrqlState> machine, LevelSet levels)
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
}
