using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Vmbus.Gen.Analyzers.Irql;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Analyzers.Tests.Irql;

/// <summary>An editor asks for one file: it hears the same as a build, in whatever order it asks.</summary>
public sealed class LiveAnalysisTests
{
    private static readonly string[] Sources =
    [
        IrqlSource.Handler("Helper.Save(0); new Second().Do(); _store.Save();", "private sealed class Store : IStore { public void Save() => Deep.M0(); public void Flush() { } public void Commit() { } }"),
        "internal static class Helper { public static void Save(int n) { if (n > 3) Other.Save(n); else System.Threading.Thread.Sleep(1); } }",
        "internal static class Other { public static void Save(int n) => Helper.Save(n - 1); }",
        "internal class First { public virtual void Do() { } } internal sealed class Second : First { public override void Do() { lock (this) { } } }",
        "internal static class Deep { " + string.Concat(Enumerable.Range(0, 200).Select(static i => $"public static void M{i}() => M{i + 1}(); ")) + "public static void M200() => System.Threading.Thread.Sleep(1); }",
        "public partial class Late { [Vmbus.ProcessPacket(1u)] private void On(Vmbus.PacketCompletion packet) { Deep.M100(); Other.Save(1); packet.Complete(); } }",
    ];

    [Fact]
    public async Task OneFileAloneHearsWhatTheBuildSays()
    {
        Compilation compilation = TestProject.Of(Sources).CreateCompilation();
        string[] all = [.. (await Start(compilation).GetAnalyzerDiagnosticsAsync()).Where(static d => d.Severity == DiagnosticSeverity.Warning).Select(static d => d.ToString()).Order(StringComparer.Ordinal)];

        Assert.Equal(5, all.Length);
        foreach (IEnumerable<SyntaxTree> order in new[] { compilation.SyntaxTrees, compilation.SyntaxTrees.Reverse() })
        {
            var alone = new List<string>();
            foreach (SyntaxTree tree in order)
            {
                // Each file as the first that is ever asked for.
                ImmutableArray<Diagnostic> found = await Start(compilation).GetAnalyzerSemanticDiagnosticsAsync(compilation.GetSemanticModel(tree), null, CancellationToken.None);
                alone.AddRange(found.Where(static d => d.Severity == DiagnosticSeverity.Warning).Select(static d => d.ToString()));
            }

            Assert.Equal(all, alone.Order(StringComparer.Ordinal));
        }
    }

    private static CompilationWithAnalyzers Start(Compilation compilation)
        => compilation.WithAnalyzers([new IrqlAnalyzer()]);
}
