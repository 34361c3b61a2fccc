namespace Vmbus.Analyzers.Differential.Oracle.Choices;

/// <summary>A <c>try</c> of the program, as long as its block runs: only there an exception of something called comes to anything.</summary>
public readonly struct Guard : IDisposable
{
    /// <summary>The block of a <c>try</c> begins.</summary>
    public static Guard Begin()
    {
        ProgramPath.Current.Guards++;
        return default;
    }

    public void Dispose() => ProgramPath.Current.Guards--;
}
