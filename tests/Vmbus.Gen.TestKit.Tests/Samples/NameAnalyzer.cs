using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Vmbus.Gen.TestKit.Tests.Samples;

/// <summary>
/// Reports KIT001 at the name of a method called <c>Bad</c>, with the name of its class and its parameters as additional locations, and KIT002 (off by
/// default) at that of one called <c>Odd</c>. Throws at one called <c>Crash</c>.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class NameAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Bad = new("KIT001", "Bad name", "'{0}' is a bad name", "Test", DiagnosticSeverity.Warning, true);

    private static readonly DiagnosticDescriptor Odd = new("KIT002", "Odd name", "'{0}' is an odd name", "Test", DiagnosticSeverity.Info, false);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Bad, Odd];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSyntaxNodeAction(Analyze, SyntaxKind.MethodDeclaration);
    }

    private static void Analyze(SyntaxNodeAnalysisContext context)
    {
        MethodDeclarationSyntax method = (MethodDeclarationSyntax)context.Node;
        if (method.Identifier.Text == "Crash")
        {
            throw new InvalidOperationException("the analyzer's own mistake");
        }

        bool renamed = context.Options.AnalyzerConfigOptionsProvider.GetOptions(method.SyntaxTree).TryGetValue("kit.bad_name", out string? bad);
        if (method.Identifier.Text == (renamed ? bad : "Bad"))
        {
            Location[] additional =
            [
                .. method.Parent is TypeDeclarationSyntax type ? [type.Identifier.GetLocation()] : Array.Empty<Location>(),
                .. method.ParameterList.Parameters.Select(static p => p.GetLocation()),
            ];
            context.ReportDiagnostic(Diagnostic.Create(Bad, method.Identifier.GetLocation(), additional, method.Identifier.Text));
        }
        else if (method.Identifier.Text == "Odd")
        {
            context.ReportDiagnostic(Diagnostic.Create(Odd, method.Identifier.GetLocation(), method.Identifier.Text));
        }
    }
}
