using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Vmbus.Analyzers.Benchmarks;

/// <summary>
/// What an editor waits for after one key: a handler's body changes, and the diagnostics of its file are asked for in a new compilation. Without analyzers, with
/// one that does nothing, and with all of ours, in turn.
/// </summary>
internal static class KeystrokeCost
{
    private const int Edits = 80;
    private const int WarmUp = 30;

    public static void Report(int files, TextWriter output)
    {
        ImmutableArray<DiagnosticAnalyzer> ours =
        [
            .. typeof(Vmbus.Gen.Analyzers.Completion.PacketCompletionAnalyzer).Assembly.GetTypes()
                .Where(static t => !t.IsAbstract && t.IsSubclassOf(typeof(DiagnosticAnalyzer)))
                .Select(static t => (DiagnosticAnalyzer)Activator.CreateInstance(t)!),
        ];
        EditedProject[] projects =
        [
            new("the compiler's diagnostics of the file", files, []),
            new("and an analyzer that does nothing", files, [new Floor.FloorAnalyzer()]),
            new("and all of ours", files, ours),
        ];
        for (int edit = 0; edit < Edits; edit++)
        {
            foreach (EditedProject project in projects)
            {
                project.PressKey();
            }
        }

        output.WriteLine($"{files:N0} files of 10 handlers and 20 other methods; one key in a handler; median of {Edits - WarmUp}");
        foreach (EditedProject project in projects)
        {
            double[] times = [.. project.Times.Skip(WarmUp).Order()];
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {project.Name,-42} {times[times.Length / 2],7:F1} ms, 95 of 100 within {times[(int)(times.Length * 0.95)],7:F1} ms, the first {project.Times[0],8:F0} ms"));
        }
    }

    /// <summary>A project of which one file is edited again and again.</summary>
    private sealed class EditedProject
    {
        private const string Statement = "_version = request.Id;";
        private const string Key = "_bytes++; ";

        private readonly ImmutableArray<DiagnosticAnalyzer> _analyzers;
        private Compilation _compilation;
        private SyntaxTree _file;

        public EditedProject(string name, int files, ImmutableArray<DiagnosticAnalyzer> analyzers)
        {
            Name = name;
            _analyzers = analyzers;
            IEnumerable<MetadataReference> references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Where(static p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(p) == "Vmbus.dll")
                .Select(static p => MetadataReference.CreateFromFile(p));
            var options = new CSharpParseOptions(LanguageVersion.Preview);
            SyntaxTree[] trees = [.. GeneratedProject.Services(files * 10).Files.Select((text, i) => CSharpSyntaxTree.ParseText(SourceText.From(text), options, $"File{i}.cs"))];
            _file = trees[files / 2];
            _compilation = CSharpCompilation.Create(
                "measured", trees, references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        }

        public string Name { get; }

        /// <summary>What each key took, in milliseconds.</summary>
        public List<double> Times { get; } = [];

        public void PressKey()
        {
            SourceText text = _file.GetText();
            int at = text.ToString().IndexOf(Statement, StringComparison.Ordinal);
            TextChange change = Times.Count % 2 == 0 ? new TextChange(new TextSpan(at, 0), Key) : new TextChange(new TextSpan(at - Key.Length, Key.Length), "");
            SyntaxTree next = _file.WithChangedText(text.WithChanges(change));
            _compilation = _compilation.ReplaceSyntaxTree(_file, next);
            _file = next;
            long start = Stopwatch.GetTimestamp();
            Ask();
            Times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        private void Ask()
        {
            if (_compilation.GetSemanticModel(_file).GetDiagnostics().Any(static d => d.Severity == DiagnosticSeverity.Error))
            {
                throw new InvalidOperationException("The edited file does not compile.");
            }

            if (!_analyzers.IsEmpty)
            {
                var driver = new CompilationWithAnalyzers(_compilation, _analyzers, new CompilationWithAnalyzersOptions(
                    new AnalyzerOptions([]),
                    onAnalyzerException: static (e, _, _) => throw new InvalidOperationException("An analyzer threw.", e),
                    concurrentAnalysis: true,
                    logAnalyzerExecutionTime: false));
                driver.GetAnalyzerSemanticDiagnosticsAsync(driver.Compilation.GetSemanticModel(_file), filterSpan: null, CancellationToken.None).GetAwaiter().GetResult();
            }
        }
    }
}
