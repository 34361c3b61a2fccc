using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Vmbus.Gen.TestKit.Projects;

/// <summary>Serves .editorconfig and .globalconfig texts as the command line compiler does: severities of trees and options of files.</summary>
internal sealed class AnalyzerConfigOptionsSource : SyntaxTreeOptionsProvider
{
    private readonly AnalyzerConfigSet _configs;

    public AnalyzerConfigOptionsSource(IEnumerable<TestFile> configs)
    {
        _configs = AnalyzerConfigSet.Create(configs.Select(static c => AnalyzerConfig.Parse(c.Text, c.Path)).ToImmutableArray());
        Provider = new OptionsProvider(_configs);
    }

    public AnalyzerConfigOptionsProvider Provider { get; }

    public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken)
        => !_configs.GetOptionsForSourcePath(tree.FilePath).AnalyzerOptions.TryGetValue("generated_code", out string? value) ? GeneratedKind.Unknown
            : bool.TryParse(value, out bool isGenerated) && isGenerated ? GeneratedKind.MarkedGenerated
            : GeneratedKind.NotGenerated;

    public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
        => _configs.GetOptionsForSourcePath(tree.FilePath).TreeOptions.TryGetValue(diagnosticId, out severity);

    public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
        => _configs.GlobalConfigOptions.TreeOptions.TryGetValue(diagnosticId, out severity);

    private sealed class OptionsProvider(AnalyzerConfigSet configs) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(configs.GlobalConfigOptions.AnalyzerOptions);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => ForPath(tree.FilePath);

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => ForPath(textFile.Path);

        private Options ForPath(string path) => new(configs.GetOptionsForSourcePath(path).AnalyzerOptions);
    }

    private sealed class Options(ImmutableDictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override IEnumerable<string> Keys => values.Keys;

        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
            => values.TryGetValue(key, out value);
    }
}
