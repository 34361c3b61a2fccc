namespace Vmbus.Tool;

/// <summary>What the process tells its caller. Wrong arguments end with 1, too.</summary>
internal static class ExitCode
{
    /// <summary>Done as asked.</summary>
    public const int Success = 0;

    /// <summary>A check failed, or the file or ring cannot be used.</summary>
    public const int Failure = 1;

    /// <summary>The ring is full, or empty: the same command may succeed later.</summary>
    public const int WouldBlock = 2;
}
