namespace Vmbus.Analyzers.Differential.Oracle.Levels;

/// <summary>What functions with a contract call first, so that a call at another level is seen.</summary>
public static class Entered
{
    public static void UpTo(Irql level) => LevelPath.Current.Enter(Irql.Passive, level);

    public static void From(Irql level) => LevelPath.Current.Enter(level, Irql.Dispatch);
}
