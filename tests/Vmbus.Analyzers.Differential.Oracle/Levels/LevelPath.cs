using Vmbus.Analyzers.Differential.Oracle.Choices;

namespace Vmbus.Analyzers.Differential.Oracle.Levels;

/// <summary>A path along which probes note the level at which they are reached.</summary>
public sealed class LevelPath(ChoiceScript script, CallExceptions exceptions) : ProgramPath(script, exceptions)
{
    public static new LevelPath Current => (LevelPath)ProgramPath.Current;

    private readonly List<(Exception Exception, string Rethrower)> _thrownAgain = [];
    private bool _isLevelUnknown;

    public LevelFaults Faults { get; private set; }

    /// <summary>Whether the program has run, so that what is raised now is none of its exceptions.</summary>
    public bool IsOver { get; set; }

    public override IEnumerable<string> FaultNames => Enum.GetValues<LevelFaults>().Where(f => f != LevelFaults.None && Faults.HasFlag(f)).Select(static f => f.ToString());

    /// <summary>Notes a fault if one has happened, and if the path is still one that may be judged.</summary>
    public void Note(bool happened, LevelFaults fault)
    {
        // Who runs what is given away, and at which level, nobody can know; only a level that it has raised to itself.
        bool isUnknown = _isLevelUnknown && KernelIrql.Current == Irql.Passive;
        if (happened && !IsHalted && !isUnknown)
        {
            Faults |= fault;
        }
    }

    /// <summary>A member with a contract is entered. What it does at a level at which it must not be called is nobody's fault but the caller's.</summary>
    public void Enter(Irql minimum, Irql maximum)
    {
        Irql level = KernelIrql.Current;
        Note(level > maximum, LevelFaults.TooHigh);
        Note(level < minimum, LevelFaults.TooLow);
        if (level > maximum || level < minimum)
        {
            Halt();
            throw new DeviceException();
        }
    }

    /// <summary>The function under test has been left, normally or by an exception.</summary>
    /// <param name="function">Its name: what another function throws is an exception of something that is called.</param>
    /// <param name="isRestored">Whether the level is the one at which it was called, and no raise is open.</param>
    /// <param name="exception">The exception that left it.</param>
    public void Leave(string function, bool isRestored, Exception? exception)
    {
        bool counts = exception is null || (exception is TransferException { Thrower: { } thrower } && thrower == function) || _thrownAgain.Contains((exception, function));
        Note(counts && !isRestored, LevelFaults.NotRestored);
        IsOver = false;
        _isLevelUnknown = true;
        while (Deferred.TryDequeue(out Action? action))
        {
            RunLater(action);
        }
    }

    /// <summary>Runs what was given away; what it throws is nobody's.</summary>
    public void RunLater(Action action)
    {
        KernelIrql.Lower(Irql.Passive);
        try
        {
            action();
        }
        catch (Exception e) when (e is TransferException or DeviceException or InvalidOperationException)
        {
        }
    }

    protected override void Raised(Exception exception, string? rethrower)
    {
        if (IsOver)
        {
            return;
        }

        switch (exception)
        {
            case IrqlViolationException violation:
                // From here on the path is not what was written.
                Note(violation.Operation.StartsWith("KernelIrql.Raise", StringComparison.Ordinal), LevelFaults.RaisedLower);
                Halt();
                break;
            case InvalidOperationException when exception.Message.Contains("IrqlScope", StringComparison.Ordinal):
                // A scope that was undone already, or one around a raise that is still open.
                Note(true, LevelFaults.ScopeMisused);
                Halt();
                break;
            case TransferException or DeviceException:
                if (rethrower is not null)
                {
                    _thrownAgain.Add((exception, rethrower));
                }

                break;
            default:
                Stray ??= exception;
                break;
        }
    }
}
