using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Vmbus.Gen.Analyzers.Completion;
using Vmbus.Gen.Analyzers.Irql;
using Vmbus.Gen.Analyzers.Tests.Completion;
using Vmbus.Gen.Analyzers.Tests.Irql;
using Vmbus.Gen.TestKit.Markup;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Analyzers.Tests.Flow;

/// <summary>Analyzers run while somebody types: whatever the code looks like, they must not throw, and they must end.</summary>
public sealed class BrokenCodeTests
{
    private static readonly string[] Sources =
        [.. CompletionCatalogue.All.Select(static c => c.Source).Concat(BlockingCatalogue.All.Select(static c => c.Source)).Select(static s => MarkupParser.Parse(s).Text)];

    [Fact]
    public async Task AnalyzersDoNotThrowWhereTokensAreMissing() => await RunAsync(variants: 150, seed: 20261123);

    [Fact]
    [Trait("Category", "Long")]
    public async Task AnalyzersDoNotThrowInManyVariants() => await RunAsync(variants: 10_000, seed: 1);

    private static async Task RunAsync(int variants, int seed)
    {
        var random = new Random(seed);
        var failures = new ConcurrentQueue<string>();
        for (int i = 0; i < variants; i++)
        {
            string source = Break(Sources[random.Next(Sources.Length)], random);
            Compilation compilation = TestProject.Of(source).CreateCompilation();
            var options = new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]), (e, _, _) => failures.Enqueue($"{e}\n--- in ---\n{source}"), concurrentAnalysis: false, logAnalyzerExecutionTime: false);
            ImmutableArray<Diagnostic> diagnostics = await compilation
                .WithAnalyzers([new PacketCompletionAnalyzer(), new IrqlAnalyzer()], options)
                .GetAnalyzerDiagnosticsAsync();
            Assert.DoesNotContain(diagnostics, static d => d.Id == "AD0001");
        }

        Assert.True(failures.IsEmpty, failures.FirstOrDefault());
    }

    /// <summary>Takes some tokens out, doubles one, or swaps two.</summary>
    private static string Break(string source, Random random)
    {
        for (int n = random.Next(1, 4); n > 0; n--)
        {
            SyntaxToken[] tokens = [.. CSharpSyntaxTree.ParseText(source).GetRoot().DescendantTokens()];
            SyntaxToken token = tokens[random.Next(tokens.Length)];
            SyntaxToken other = tokens[random.Next(tokens.Length)];
            source = random.Next(4) switch
            {
                0 => source.Insert(token.Span.End, " " + token.Text),
                1 => source.Remove(token.SpanStart, token.Span.Length).Insert(token.SpanStart, other.Text),
                _ => source.Remove(token.SpanStart, token.Span.Length),
            };
        }

        return source;
    }
}
