using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Vmbus.Gen.Analyzers.Shape;
using Vmbus.Gen.Generators;
using Vmbus.Gen.TestKit;
using Vmbus.Gen.TestKit.Analyzers;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Docs.Tests;

/// <summary>Every C# block of the documentation compiles, gives the diagnostics that the page says it gives and no other, and prints what the page says.</summary>
public sealed partial class CodeOnPagesTests
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers = [.. ExportedTypes.InstancesOf<DiagnosticAnalyzer>(typeof(HandlerShapeAnalyzer).Assembly)];

    /// <summary>A line may also say itself what is reported on it.</summary>
    [GeneratedRegex(@"// (?<id>VMB\d{3}):")]
    private static partial Regex Expectation { get; }

    public static TheoryData<string> Pages => [.. DocumentationPage.Paths()];

    public static TheoryData<string, string> Blocks
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (DocumentationPage page in DocumentationPage.Paths().Select(DocumentationPage.Read))
            {
                foreach (CodeBlock block in page.Blocks)
                {
                    data.Add(page.Path, block.File);
                }
            }

            return data;
        }
    }

    public static TheoryData<string, string> Programs
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (DocumentationPage page in DocumentationPage.Paths().Select(DocumentationPage.Read))
            {
                foreach (CodeBlock block in page.Blocks.Where(static b => b.Output is not null))
                {
                    data.Add(page.Path, block.File);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_fence_is_understood(string path) => Assert.Equal(DocumentationPage.FencesIn(path), DocumentationPage.Read(path).Blocks.Count);

    [Theory]
    [MemberData(nameof(Blocks))]
    public async Task A_block_compiles_and_gives_the_diagnostics_that_the_page_says(string path, string file)
    {
        DocumentationPage page = DocumentationPage.Read(path);
        CodeBlock block = page.Block(file);

        ImmutableArray<Diagnostic> diagnostics = await new AnalyzerTest(ProjectOf(page, block), Analyzers.AsSpan()) { CompilerWarnings = true }.AnalyzeAsync();

        string[] expected = [.. block.Reports, .. Expectation.Matches(block.Code).Select(static m => m.Groups["id"].Value)];
        Diagnostic[] said = [.. diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning && Path.GetFileName(d.Location.GetLineSpan().Path) == file)];
        Assert.True(
            expected.SequenceEqual(said.Select(static d => d.Id)),
            $"{path}, block at line {block.Line}: expected {string.Join(", ", expected.DefaultIfEmpty("nothing"))}; reported:\n"
            + string.Join('\n', said.Select(d => $"{path}({d.Location.GetLineSpan().StartLinePosition.Line + block.Line}): {d.Id}: {d.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}")));
        Assert.DoesNotContain(diagnostics, static d => d.Severity == DiagnosticSeverity.Error && !d.Id.StartsWith("VMB", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task A_program_prints_what_the_page_says(string path, string file)
    {
        DocumentationPage page = DocumentationPage.Read(path);
        CodeBlock block = page.Block(file);

        string printed = await ProgramRun.OutputOfAsync(ProjectOf(page, block));

        // The command line of a transcript is the reader's, not the program's.
        string expected = string.Concat(block.Output!.Split('\n').Where(static l => !l.StartsWith("$ ", StringComparison.Ordinal)).Select(static l => l + "\n")).TrimEnd();
        Assert.Equal(expected, printed.ReplaceLineEndings("\n").TrimEnd());
    }

    private static TestProject ProjectOf(DocumentationPage page, CodeBlock block)
    {
        // A page explains its code itself.
        TestProject project = TestProject.Empty.WithGenerators(new ChannelCallbacksGenerator()) with { AllowUnsafe = block.IsUnsafe, EditorConfig = "dotnet_diagnostic.CS1591.severity = none" };
        foreach (CodeBlock part in block.With.Select(page.Changed).Append(block))
        {
            project = project.WithFile(part.File, part.Code);
            if (part.Support is not null)
            {
                project = project.WithFile($"{Path.GetFileNameWithoutExtension(part.File)}.support.cs", part.Support);
            }
        }

        bool isProgram = project.Sources.Any(static s => CSharpSyntaxTree.ParseText(s.Text).GetCompilationUnitRoot().Members.Any(static m => m is Microsoft.CodeAnalysis.CSharp.Syntax.GlobalStatementSyntax));
        return project with { OutputKind = isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary };
    }
}
