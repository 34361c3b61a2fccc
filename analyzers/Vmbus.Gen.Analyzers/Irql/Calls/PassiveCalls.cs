using Microsoft.CodeAnalysis;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Irql.Calls;

/// <summary>Members of the framework that have a delegate run on a thread of its own or of the pool, so at PASSIVE_LEVEL.</summary>
internal static class PassiveCalls
{
    public static bool Runs(IMethodSymbol method)
    {
        INamedTypeSymbol type = method.ContainingType;
        return NamespaceNames.Of(type) switch
        {
            "System.Threading" => (type.Name, method.Name) is ("ThreadPool", "QueueUserWorkItem" or "UnsafeQueueUserWorkItem") or ("Thread" or "Timer", ".ctor"),
            "System.Threading.Tasks" => (type.Name, method.Name) is ("Task", "Run" or ".ctor") or ("TaskFactory", "StartNew") && !TakesScheduler(method),
            _ => false,
        };
    }

    /// <summary>Where its tasks run is the scheduler's business.</summary>
    private static bool TakesScheduler(IMethodSymbol method) => method.Parameters.Any(static p => p.Type.Name == "TaskScheduler");
}
