using System.Runtime.CompilerServices;
using Vmbus.Gen.TestKit.Generators;
using Vmbus.Gen.TestKit.Snapshots.Engine;

namespace Vmbus.Gen.Generators.Tests.Snapshots;

/// <summary>Compares generated files with the verified ones beside the test.</summary>
internal static class Snapshot
{
    /// <param name="run">The run of a generator.</param>
    /// <param name="parameters">What tells the cases of a theory apart, as <c>size=2</c>.</param>
    public static Task MatchAsync(GeneratorRun run, string? parameters = null, [CallerFilePath] string sourceFile = "", [CallerMemberName] string method = "")
    {
        SnapshotComparer.Verify(run.Sources, sourceFile, method, parameters);
        return Task.CompletedTask;
    }
}
