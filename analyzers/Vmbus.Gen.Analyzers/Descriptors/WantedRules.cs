using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Analyzers.Descriptors;

/// <summary>Whether anybody would hear of a rule: a build asks for warnings only, and what it drops need not be looked for.</summary>
internal static class WantedRules
{
    public static bool IsWanted(DiagnosticDescriptor rule, DiagnosticSeverity heard, Compilation compilation, CancellationToken cancellation)
    {
        if (rule.DefaultSeverity >= heard)
        {
            return true;
        }

        if (compilation.Options.SpecificDiagnosticOptions.TryGetValue(rule.Id, out ReportDiagnostic option) && IsLoud(option))
        {
            return true;
        }

        if (compilation.Options.SyntaxTreeOptionsProvider is not { } provider)
        {
            return false;
        }

        if (provider.TryGetGlobalDiagnosticValue(rule.Id, cancellation, out option) && IsLoud(option))
        {
            return true;
        }

        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            if (provider.TryGetDiagnosticValue(tree, rule.Id, cancellation, out option) && IsLoud(option))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsLoud(ReportDiagnostic option) => option is ReportDiagnostic.Warn or ReportDiagnostic.Error;
}
