using Vmbus.Analyzers.Differential.Oracle.Choices;

namespace Vmbus.Analyzers.Differential.Oracle;

/// <summary>Runs what it is given after the handler has returned.</summary>
public static class Deferred
{
    public static void Run(Action action) => ProgramPath.Current.Deferred.Enqueue(action);
}
