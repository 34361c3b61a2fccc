using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Vmbus.Gen.Analyzers.Completion;
using Vmbus.Gen.Analyzers.Tests.Completion;
using Vmbus.Gen.Analyzers.Tests.Patterns.Variants;
using Vmbus.Gen.TestKit.Markup;
using Vmbus.Gen.TestKit.Projects;
using Xunit.Abstractions;

namespace Vmbus.Gen.Analyzers.Tests.Patterns;

/// <summary>Cases written in another way keep their verdicts: the rules and how often they speak, and where, as far as what they speak of is still there.</summary>
public sealed class CaseVariantTests(ITestOutputHelper output)
{
    /// <summary>The ordinary run takes one of so many cases for each variant.</summary>
    private const int SmallShare = 48;

    /// <summary>CI takes one of so many: over all variants every case has its turn.</summary>
    private const int Share = 6;

    private const string Expected = "expected";

    private static readonly ImmutableArray<Func<CaseVariant>> Variants =
    [
        static () => new BracedStatements(),
        static () => new InvertedConditions(),
        static () => new NamedConditions(),
        static () => new SectionsAsBranches(),
        static () => new LoopsAsFor(),
        static () => new ExtractedFunctions(),
        static () => new GuardedBodies(),
        static () => new BodiesInLoops(),
    ];

    public static TheoryData<int> Numbers => new(Enumerable.Range(0, Variants.Length));

    [Theory]
    [MemberData(nameof(Numbers))]
    public Task VerdictStays(int variant) => RunAsync(Variants[variant], Some(variant, SmallShare), atLeast: 0);

    [Theory]
    [MemberData(nameof(Numbers))]
    [Trait("Category", "Ci")]
    public Task VerdictStaysInMoreCases(int variant) => RunAsync(Variants[variant], Some(variant, Share), atLeast: 0);

    [Theory]
    [MemberData(nameof(Numbers))]
    [Trait("Category", "Long")]
    public Task VerdictOfEveryCaseStays(int variant) => RunAsync(Variants[variant], CompletionCatalogues.All, atLeast: 4);

    private static IEnumerable<CompletionCase> Some(int variant, int share) => CompletionCatalogues.All.Where((_, i) => i % share == variant % share);

    private async Task RunAsync(Func<CaseVariant> create, IEnumerable<CompletionCase> cases, int atLeast)
    {
        List<string> wrong = [];
        int tried = 0;
        foreach (CompletionCase pattern in cases)
        {
            MarkedUpText marked = MarkupParser.Parse(pattern.Source);
            if (marked.Diagnostics.Any(static d => d.Id?.StartsWith("CS", StringComparison.Ordinal) ?? false))
            {
                continue;
            }

            TestProject project = TestProject.Of(marked.Text) with { AllowUnsafe = true };
            CSharpCompilation compilation = project.CreateCompilation();
            SyntaxTree tree = compilation.SyntaxTrees.Single(static t => t.FilePath.EndsWith("Test0.cs", StringComparison.Ordinal));
            SyntaxNode root = await tree.GetRootAsync();
            SyntaxNode annotated = root.ReplaceTokens(
                marked.Diagnostics.Select(d => root.FindToken(d.Span.Start)).Distinct(),
                (token, _) => token.WithAdditionalAnnotations(marked.Diagnostics.Where(d => d.Span.Start == token.SpanStart).Select(static d => new SyntaxAnnotation(Expected, d.Id))));
            SyntaxTree before = CSharpSyntaxTree.Create((CSharpSyntaxNode)annotated, (CSharpParseOptions)tree.Options, tree.FilePath);
            SyntaxNode start = await before.GetRootAsync();
            CaseVariant variant = create();
            SyntaxNode rewritten = variant.Rewrite(start, compilation.ReplaceSyntaxTree(tree, before).GetSemanticModel(before));
            if (ReferenceEquals(rewritten, start))
            {
                continue;
            }

            SyntaxTree after = CSharpSyntaxTree.Create((CSharpSyntaxNode)rewritten, (CSharpParseOptions)tree.Options, tree.FilePath);
            CSharpCompilation changed = compilation.ReplaceSyntaxTree(tree, after);
            if (changed.GetDiagnostics().FirstOrDefault(static d => d.Severity == DiagnosticSeverity.Error) is { } error)
            {
                wrong.Add($"{pattern}: the rewritten code does not compile: {error}\n{rewritten}");
                continue;
            }

            tried++;
            ImmutableArray<Diagnostic> found = await changed.WithAnalyzers([new PacketCompletionAnalyzer()]).GetAnalyzerDiagnosticsAsync();
            Compare(pattern, variant, await after.GetRootAsync(), [.. marked.Diagnostics.Select(static d => d.Id!)], found, wrong);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{tried} cases"));
        Assert.True(wrong.Count == 0, string.Join("\n\n", wrong));
        Assert.InRange(tried, atLeast, int.MaxValue);
    }

    private static void Compare(CompletionCase pattern, CaseVariant variant, SyntaxNode root, string[] expected, ImmutableArray<Diagnostic> found, List<string> wrong)
    {
        string[] ids = [.. found.Select(static d => d.Id).Order(StringComparer.Ordinal)];
        string said = string.Join("\n", found.Select(static d => d.ToString()));
        if (!ids.SequenceEqual(expected.Order(StringComparer.Ordinal)))
        {
            wrong.Add($"{pattern}, {variant.Name}: expected {string.Join(' ', expected)}, found {said}\n{root}");
            return;
        }

        foreach (SyntaxToken token in root.GetAnnotatedTokens(Expected))
        {
            foreach (SyntaxAnnotation annotation in token.GetAnnotations(Expected))
            {
                if (!found.Any(d => d.Id == annotation.Data && d.Location.SourceSpan.Start == token.SpanStart))
                {
                    wrong.Add($"{pattern}, {variant.Name}: no {annotation.Data} at '{token}'; found {said}\n{root}");
                }
            }
        }
    }
}
