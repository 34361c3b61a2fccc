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
    public static void Report(TextWriter output)
    {
        output.WriteLine("method                                    blocks        graph     analysis    allocated");
        foreach (int guards in new[] { 4, 8, 12 })
        {
            Measure(output, $"{guards} guards", SourceText.Handler(guards), 2000);
        }

        Measure(output, "handler with loop, try, switch, flag", SourceText.Class(0, 1, 0), 2000, "On0");
        foreach (int branches in new[] { 125, 250, 500, 1000, 2000 })
        {
            Measure(output, $"{branches} branches, {branches / 5} flags", SourceText.Branches(branches, branches / 5), 12);
        }

        foreach (int flags in new[] { 1, 10, 50, 200 })
        {
            Measure(output, $"1000 branches, {flags} flags", SourceText.Branches(1000, flags), 12);
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
        int blocks = 0;
        for (int i = 0; i < rounds; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            ControlFlowGraph graph = ControlFlowGraph.Create(operation);
            long graphBytes = GC.GetAllocatedBytesForCurrentThread() - before;
            double afterGraph = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            if (i == rounds - 1 && Environment.GetEnvironmentVariable("STAGES") is not null)
            {
                long b0 = GC.GetAllocatedBytesForCurrentThread();
                var dom = new PacketDomain(completion, completion.Ask(), CompletionOptions.Default, false);
                dom.Session = new Vmbus.Gen.Analyzers.Flow.FlowSession(completion.Flow, dom.Tracks, default, dom.Follows);
                long b1 = GC.GetAllocatedBytesForCurrentThread();
                var prog = dom.Session.ProgramOf(graph, method);
                long b2 = GC.GetAllocatedBytesForCurrentThread();
                var en = completion.Enter(dom, dom.Session, method, false);
                var interp = new Vmbus.Gen.Analyzers.Flow.FlowInterpreter<PacketStates>(prog, dom, dom.Session);
                long b3 = GC.GetAllocatedBytesForCurrentThread();
                interp.Run([en]);
                long b4 = GC.GetAllocatedBytesForCurrentThread();
                Console.WriteLine($"graph {graphBytes} session {b1 - b0} program {b2 - b1} interp {b3 - b2} run {b4 - b3}");
            }

            IReadOnlyList<PacketFinding> findings = new CompletionAnalysis(completion, CancellationToken.None).Analyze(graph, method);
            double total = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            bytes = Math.Min(bytes, GC.GetAllocatedBytesForCurrentThread() - before);
            graphTime = Math.Min(graphTime, afterGraph);
            time = Math.Min(time, total - afterGraph);
            blocks = graph.Blocks.Length;
            if (findings.Count > 0)
            {
                throw new InvalidOperationException($"{name} was to be correct, but {findings[0].Rule} was found.");
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-40}{blocks,8}{graphTime,10:F0} µs{time,10:F0} µs{bytes / 1024.0,10:F0} KiB"));
    }
}
