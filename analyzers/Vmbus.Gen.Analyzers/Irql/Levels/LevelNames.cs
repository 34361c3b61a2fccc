namespace Vmbus.Gen.Analyzers.Irql.Levels;

/// <summary>The levels as the kernel writes them, and as C# does.</summary>
internal static class LevelNames
{
    public static string Of(long level) => level switch
    {
        0 => "PASSIVE_LEVEL",
        1 => "APC_LEVEL",
        2 => "DISPATCH_LEVEL",
        _ => "level " + level.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    public static string MemberOf(long level) => level switch
    {
        0 => "Passive",
        1 => "Apc",
        _ => "Dispatch",
    };
}
