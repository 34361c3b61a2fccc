namespace Vmbus.Tool.Golden;

/// <summary>A difference between the engine and a vector.</summary>
/// <param name="File">The vector's file name.</param>
/// <param name="Operation">Which operation, or what after the last one.</param>
/// <param name="Field">What differs.</param>
/// <param name="Expected">What the recorded peer says.</param>
/// <param name="Actual">What the engine says.</param>
internal sealed record GoldenFailure(string File, string Operation, string Field, string Expected, string Actual)
{
    public override string ToString() => $"{File}: {Operation}: {Field}: expected {Expected}, actual {Actual}";
}
