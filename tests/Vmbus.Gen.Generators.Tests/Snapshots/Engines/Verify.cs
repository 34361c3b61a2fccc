using System.Runtime.CompilerServices;
using VerifyTests;
using VerifyXunit;
using Vmbus.Gen.TestKit.Generators;
using Vmbus.Gen.TestKit.Snapshots;

namespace Vmbus.Gen.Generators.Tests.Snapshots;

/// <summary>The same with Verify.SourceGenerators, which names its files in the same way.</summary>
internal static class Snapshot
{
    [ModuleInitializer]
    internal static void Initialize() => VerifySourceGenerators.Initialize();

    public static async Task MatchAsync(GeneratorRun run, string? parameters = null, [CallerFilePath] string sourceFile = "")
    {
        VerifySettings settings = new();
        settings.ScrubLinesWithReplace(SnapshotText.ScrubVersion);
        if (parameters is not null)
        {
            settings.UseTextForParameters(parameters);
        }

        await Verifier.Verify(run.Driver, settings, sourceFile);
    }
}
