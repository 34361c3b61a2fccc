using Vmbus.Analyzers.Differential.Oracle.Choices;

namespace Vmbus.Analyzers.Differential.Oracle;

/// <summary>A class; also what a <c>using</c> disposes of.</summary>
public sealed class Device : IDisposable
{
    /// <summary>Makes one, if that does not fail.</summary>
    public Device() => ProgramPath.Current.MayThrow();

    private Device(bool _)
    {
    }

    /// <summary>One that is there already.</summary>
    public static Device Found() => new(true);

    public void Dispose() => ProgramPath.Current.MayThrow();
}
