using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Vmbus.Gen.Analyzers.Completion;
using Vmbus.Gen.Analyzers.Tests.Completion;
using Vmbus.Gen.Analyzers.Tests.Irql;
using Vmbus.Gen.CodeFixes.Fixing;
using Vmbus.Gen.Generators;
using Vmbus.Gen.TestKit;
using Vmbus.Gen.TestKit.CodeFixes;
using Vmbus.Gen.TestKit.Markup;
using Vmbus.Gen.TestKit.Projects;
using Xunit.Abstractions;

namespace Vmbus.Gen.Analyzers.Tests.Flow;

/// <summary>Analyzers, the generator and code fixes run while somebody types: whatever the code looks like, they must not throw, and they must end.</summary>
public sealed class BrokenCodeTests(ITestOutputHelper output)
{
    private const int PerSeed = 1_000;

    private static readonly string[] Sources =
    [
        .. CompletionCatalogues.All.Select(static c => c.Source)
            .Concat(BlockingCatalogue.All.Concat(IrqlCatalogues.All).Select(static c => c.Source))
            .Select(static s => MarkupParser.Parse(s).Text),
    ];

    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers =
        [.. ExportedTypes.InstancesOf<DiagnosticAnalyzer>(typeof(PacketCompletionAnalyzer).Assembly)];

    private static readonly CodeFixProvider[] Fixes =
        [.. ExportedTypes.InstancesOf<CodeFixProvider>(typeof(DocumentCodeFix).Assembly)];

    public static TheoryData<int> Seeds => new(Enumerable.Range(1, 10));

    [Fact]
    public Task NothingThrowsWhereTokensAreMissing() => RunAsync(variants: 12, seed: 20261123);

    [Fact]
    [Trait("Category", "Ci")]
    public Task NothingThrowsInMoreVariants() => RunAsync(variants: 60, seed: 20261123);

    [Theory]
    [MemberData(nameof(Seeds))]
    [Trait("Category", "Long")]
    public Task NothingThrowsInManyVariants(int seed) => RunAsync(PerSeed, seed);

    private async Task RunAsync(int variants, int seed)
    {
        var random = new Random(seed);
        var failures = new ConcurrentQueue<string>();
        int applied = 0;
        for (int i = 0; i < variants; i++)
        {
            string source = Break(Sources[random.Next(Sources.Length)], random);
            TestProject project = TestProject.Of(source) with { AllowUnsafe = true };
            try
            {
                applied += await FixRun.ApplyAllAsync(project, Analyzers, Fixes, e => failures.Enqueue($"{e}\n--- in ---\n{source}"));
                GeneratorDriverRunResult generated = CSharpGeneratorDriver.Create(new ChannelCallbacksGenerator()).RunGenerators(project.CreateCompilation()).GetRunResult();
                if (generated.Results.Single().Exception is { } thrown)
                {
                    failures.Enqueue($"{thrown}\n--- in ---\n{source}");
                }
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                failures.Enqueue($"{e}\n--- in ---\n{source}");
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{variants} variants, {applied} fixes applied"));
        Assert.True(failures.IsEmpty, string.Join("\n==========\n", failures.Take(5)));
        Assert.InRange(applied, variants / 10, int.MaxValue);
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
