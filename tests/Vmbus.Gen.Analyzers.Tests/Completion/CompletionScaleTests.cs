using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Completion;
using Vmbus.Gen.Analyzers.Contracts;
using Vmbus.Gen.TestKit.Projects;
using Xunit.Abstractions;

namespace Vmbus.Gen.Analyzers.Tests.Completion;

/// <summary>The time of one analysis grows with the method, not with the number of its paths.</summary>
public sealed class CompletionScaleTests(ITestOutputHelper output)
{
    [Fact]
    public void FlagsDoNotMultiply() => Compare(75, 15);

    [Fact]
    [Trait("Category", "Long")]
    public void ManyFlagsAndBranchesDoNotMultiply() => Compare(250, 50);

    private void Compare(int branches, int flags)
    {
        (double small, int found) = Measure(Large(branches, flags));
        (double large, int foundLarge) = Measure(Large(branches * 4, flags * 4));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{branches} branches, {flags} flags: {small:F1} ms; four times as many: {large:F1} ms"));
        Assert.Equal(1, found);
        Assert.Equal(1, foundLarge);

        // Four times the branches over four times the flags: 64 leaves room for a busy machine, paths would be two to the number of flags.
        Assert.True(large < (small * 64) + 100, $"{large} ms against {small} ms");
    }

    [Fact]
    public void AHandlerOfOrdinarySizeIsQuick()
    {
        (double time, int found) = Measure(Ordinary());
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"handler of 40 blocks: {time * 1000:F0} µs"));
        Assert.Equal(0, found);
        Assert.True(time < 50, $"{time} ms");
    }

    private static string Large(int branches, int flags)
    {
        var body = new StringBuilder();
        for (int i = 0; i < flags; i++)
        {
            body.Append(CultureInfo.InvariantCulture, $"bool f{i} = G();\n");
        }

        for (int i = 0; i < branches; i++)
        {
            int flag = i % flags;
            body.Append(CultureInfo.InvariantCulture, $"if (f{flag}) {{ Log(); Log(\"x\"); f{(flag + 7) % flags} = G(); }} else {{ Log(); }}\n");
        }

        return CompletionSource.Class(
            $"[ProcessPacket(1u)] private void M(PacketCompletion packet) {{ {body} if (f0) packet.Complete(); }}");
    }

    private static string Ordinary()
    {
        var body = new StringBuilder();
        for (int i = 0; i < 12; i++)
        {
            body.Append(CultureInfo.InvariantCulture, $"if (buffer.Length < {i * 8}) {{ Log(); packet.Fail(); return; }}\n");
        }

        return CompletionSource.Class($"[ProcessPacket(1u)] private void M(PacketCompletion packet, ReadOnlySpan<byte> buffer) {{ {body} packet.Complete(); }}");
    }

    /// <summary>The best of several runs, in milliseconds of processor time, and how many findings there are.</summary>
    private static (double Milliseconds, int Found) Measure(string source)
    {
        Compilation compilation = TestProject.Of(source).CreateCompilation();
        SyntaxTree tree = compilation.SyntaxTrees.Single(static t => t.FilePath.EndsWith("Test0.cs", StringComparison.Ordinal));
        SemanticModel model = compilation.GetSemanticModel(tree);
        MethodDeclarationSyntax declaration = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Single(static m => m.Identifier.Text == "M");
        var method = (IMethodSymbol)model.GetDeclaredSymbol(declaration)!;
        ControlFlowGraph graph = ControlFlowGraph.Create((IMethodBodyOperation)model.GetOperation(declaration)!);
        var completion = new CompletionModel(VmbusTypes.Find(compilation)!, compilation, null, CancellationToken.None);
        double best = double.MaxValue;
        int found = 0;
        for (int i = 0; i < 4; i++)
        {
            TimeSpan start = Environment.CpuUsage.TotalTime;
            found = new CompletionAnalysis(completion, CancellationToken.None).Analyze(graph, method).Count(static f => f.Rule == PacketRule.NotCompleted);
            best = Math.Min(best, (Environment.CpuUsage.TotalTime - start).TotalMilliseconds);
        }

        return (best, found);
    }
}
