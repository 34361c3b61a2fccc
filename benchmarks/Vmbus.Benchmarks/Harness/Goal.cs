using System.Globalization;

namespace Vmbus.Benchmarks.Harness;

/// <summary>One figure and what it should be.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Target">What the figure should be, in words.</param>
/// <param name="Figure">What it is.</param>
/// <param name="IsMet">Whether the figure is as it should be.</param>
internal sealed record Goal(string Name, string Target, string Figure, bool IsMet)
{
    /// <summary>How many times as fast as a baseline a shape is to be, at least.</summary>
    public static Goal AtLeastAsFast(string name, double target, double ratio, double nanoseconds) =>
        new(name, Text($">= {target:0.00} x"), Text($"{ratio:0.00} x ({nanoseconds:0.0} ns)"), ratio >= target);

    /// <summary>How many times the time of a baseline a shape may take, at most.</summary>
    public static Goal AtMostAsSlow(string name, double target, double ratio, double nanoseconds) =>
        new(name, Text($"<= {target:0.00} x"), Text($"{ratio:0.00} x ({nanoseconds:0.0} ns)"), ratio <= target);

    /// <summary>No byte is to be allocated.</summary>
    public static Goal NoAllocation(string name, double bytesPerOperation) =>
        new(name, "0 B", Text($"{bytesPerOperation:0.##} B"), bytesPerOperation == 0);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
