namespace Vmbus;

/// <summary>The times that a wait or a timer of .NET can be given.</summary>
internal static class TimerRange
{
    /// <summary>The longest, in milliseconds.</summary>
    public const int Maximum = int.MaxValue;

    /// <summary>Whether a time is not negative, and not too long.</summary>
    public static bool Contains(TimeSpan time) => time >= TimeSpan.Zero && time.TotalMilliseconds <= Maximum;
}
