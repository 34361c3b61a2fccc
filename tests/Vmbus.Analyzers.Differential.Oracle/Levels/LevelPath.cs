using Vmbus.Analyzers.Differential.Oracle.Choices;

namespace Vmbus.Analyzers.Differential.Oracle.Levels;

/// <summary>A path along which probes note the level at which they are reached.</summary>
public sealed class LevelPath(ChoiceScript script, bool callsThrow) : ProgramPath(script, callsThrow)
{
    public static new LevelPath Current => (LevelPath)ProgramPath.Current;

    public LevelFaults Faults { get; private set; }

    public override IEnumerable<string> FaultNames => Enum.GetValues<LevelFaults>().Where(f => f != LevelFaults.None && Faults.HasFlag(f)).Select(static f => f.ToString());

    /// <summary>Notes a fault if one has happened, and if the path is still one that may be judged.</summary>
    public void Note(bool happened, LevelFaults fault)
    {
        if (happened && !IsHalted)
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
    public void Leave(Irql entry, Exception? exception)
    {
        bool counts = exception is null or TransferException { IsThrown: true };
        Note(counts && KernelIrql.Current != entry, LevelFaults.NotRestored);
        while (Deferred.TryDequeue(out Action? action))
        {
            RunLater(action);
        }
    }

    /// <summary>Runs what was given away, at PASSIVE_LEVEL; what it throws is nobody's.</summary>
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

    protected override void Raised(Exception exception, bool isRethrown)
    {
        switch (exception)
        {
            case IrqlViolationException violation:
                // From here on the path is not what was written.
                Note(violation.Operation.StartsWith("KernelIrql.Raise", StringComparison.Ordinal), LevelFaults.NotRestored);
                Halt();
                break;
            case InvalidOperationException when exception.Message.Contains("IrqlScope", StringComparison.Ordinal):
                // A scope that a Lower has undone already.
                Halt();
                break;
            case TransferException or DeviceException:
                break;
            default:
                Stray ??= exception;
                break;
        }
    }
}
