using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Completion;
using Vmbus.Gen.Analyzers.Contracts;

namespace Vmbus.Analyzers.Benchmarks;

/// <summary>Time and memory of the completion analysis of one method, without the compiler's own work (binding) but with its flow graph.</summary>
internal static class MethodCost
{
    /// <summary>So many rounds of a small method that the runtime has compiled its hot code for the last time long before the end.</summary>
    private const int ManyRounds = 20_000;

    public static void Report(TextWriter output)
    {
        output.WriteLine("method                                    blocks        graph     analysis    allocated: graph, analysis");
        foreach (int guards in new[] { 4, 8, 12, 18 })
        {
            Measure(output, $"{guards} guards", MethodSource.Handler(guards), ManyRounds);
        }

        Measure(output, "handler with loop, try, switch, flag", ServiceSource.FullService(0, 1), ManyRounds, "On0");
        foreach (int branches in new[] { 125, 250, 500, 1000, 2000 })
        {
            Measure(output, $"{branches} branches, {branches / 5} flags", MethodSource.Branches(branches, branches / 5), 12);
        }

        foreach (int branches in new[] { 250, 500, 1000, 2000, 4000 })
        {
            Measure(output, $"{branches} branches, 200 flags", MethodSource.Branches(branches, 200), 12);
        }
    }

    private static void Measure(TextWriter output, string name, string source, int rounds, string methodName = "M")
    {
        IEnumerable<MetadataReference> references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(p) == "Vmbus.dll")
            .Select(static p => MetadataReference.CreateFromFile(p));
        SyntaxTree tree = CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview));
        var compilation = CSharpCompilation.Create("measured", [tree], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        if (compilation.GetDiagnostics().FirstOrDefault(static d => d.Severity == DiagnosticSeverity.Error) is { } error)
        {
            throw new InvalidOperationException($"{name} does not compile: {error}");
        }

        SemanticModel model = compilation.GetSemanticModel(tree);
        MethodDeclarationSyntax declaration = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Single(m => m.Identifier.Text == methodName);
        var method = model.GetDeclaredSymbol(declaration)!;
        var operation = (IMethodBodyOperation)model.GetOperation(declaration)!;
        var completion = new CompletionModel(VmbusTypes.Find(compilation)!, compilation, null, CancellationToken.None);
        double graphTime = double.MaxValue;
        double time = double.MaxValue;
        long bytes = long.MaxValue;
        long leastGraphBytes = long.MaxValue;
        int blocks = 0;
        for (int i = 0; i < rounds; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            ControlFlowGraph graph = ControlFlowGraph.Create(operation);
            long graphBytes = GC.GetAllocatedBytesForCurrentThread() - before;
            double afterGraph = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            IReadOnlyList<PacketFinding> findings = new CompletionAnalysis(completion, CancellationToken.None).Analyze(graph, method);
            double total = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            bytes = Math.Min(bytes, GC.GetAllocatedBytesForCurrentThread() - before - graphBytes);
            leastGraphBytes = Math.Min(leastGraphBytes, graphBytes);
            graphTime = Math.Min(graphTime, afterGraph);
            time = Math.Min(time, total - afterGraph);
            blocks = graph.Blocks.Length;
            if (findings.Count > 0)
            {
                throw new InvalidOperationException($"{name} was to be correct, but {findings[0].Rule} was found.");
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-40}{blocks,8}{graphTime,10:F0} µs{time,10:F0} µs{leastGraphBytes / 1024.0,10:F0} KiB{bytes / 1024.0,10:F0} KiB"));
    }
}
