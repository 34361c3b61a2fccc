namespace Vmbus.Analyzers.Differential.Oracle.Levels;

/// <summary>What stands for calls that must not be made at some levels; each notes the level at which it is reached.</summary>
public static class Probe
{
    /// <summary>Says that it blocks.</summary>
    [Blocks]
    public static void Block()
    {
        NoteBlocking();
    }

    /// <summary>How long a call of the framework waits, which is reached where this is: not at all, but that cannot be seen.</summary>
    public static int Time()
    {
        NoteBlocking();
        return 0;
    }

    /// <summary>What a monitor is entered on.</summary>
    public static object Gate()
    {
        Note(KernelIrql.Current >= Irql.Dispatch, LevelFaults.Locked);
        return new object();
    }

    [IrqlRequiresMax(Irql.Passive)]
    public static void AtPassive() => Note(KernelIrql.Current > Irql.Passive, LevelFaults.TooHigh);

    [IrqlRequiresMax(Irql.Apc)]
    public static void UpToApc() => Note(KernelIrql.Current > Irql.Apc, LevelFaults.TooHigh);

    [IrqlRequires(Irql.Dispatch)]
    public static void AtDispatch() => Note(KernelIrql.Current < Irql.Dispatch, LevelFaults.TooLow);

    [IrqlRequiresMin(Irql.Apc)]
    public static void FromApc() => Note(KernelIrql.Current < Irql.Apc, LevelFaults.TooLow);

    private static void NoteBlocking() => Note(KernelIrql.Current >= Irql.Dispatch, LevelFaults.Blocked);

    /// <summary>Like everything that a program calls, a probe may fail.</summary>
    private static void Note(bool happened, LevelFaults fault)
    {
        LevelPath.Current.Note(happened, fault);
        Unknown.Work();
    }
}
