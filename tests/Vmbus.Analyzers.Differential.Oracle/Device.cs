using Vmbus.Analyzers.Differential.Oracle.Choices;

namespace Vmbus.Analyzers.Differential.Oracle;

/// <summary>A class; also what a <c>using</c> disposes of.</summary>
public sealed class Device : IDisposable
{
    public void Dispose() => ProgramPath.Current.MayThrow();
}
