namespace Vmbus.Tool;

/// <summary>What the process tells its caller. From 64 on as sysexits.h has them.</summary>
internal static class ExitCode
{
    /// <summary>Done as asked.</summary>
    public const int Success = 0;

    /// <summary>A check failed, the ring is corrupt, or a packet can never fit.</summary>
    public const int Failure = 1;

    /// <summary>The ring is full, or empty: the same command may succeed later.</summary>
    public const int WouldBlock = 2;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 64;

    /// <summary>The file is there and is not what the command takes.</summary>
    public const int DataError = 65;

    /// <summary>The file or folder is not there, or cannot be read.</summary>
    public const int NoInput = 66;

    /// <summary>The output cannot be written.</summary>
    public const int CannotCreate = 73;
}
