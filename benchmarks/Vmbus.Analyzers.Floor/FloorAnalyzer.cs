using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Vmbus.Analyzers.Floor;

/// <summary>
/// Does nothing with each block of operations. The compiler builds operations only for who asks for them, and charges no analyzer for that: what this one adds to a
/// build, every analyzer of bodies adds.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FloorAnalyzer : DiagnosticAnalyzer
{
    // No rule that is shipped: nothing reports it.
#pragma warning disable RS2008
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [new("FLOOR", "Floor", "Never reported", "Measurement", DiagnosticSeverity.Warning, isEnabledByDefault: true)];
#pragma warning restore RS2008

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationBlockAction(static _ => { });
    }
}
