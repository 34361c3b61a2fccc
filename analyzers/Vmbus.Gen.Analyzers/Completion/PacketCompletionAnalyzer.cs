using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Contracts;
using Vmbus.Gen.Analyzers.Descriptors;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Completion;

/// <summary>VMB101 to VMB108: every packet is completed exactly once, on every path.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PacketCompletionAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        CompletionDescriptors.NotCompleted,
        CompletionDescriptors.CompletedTwice,
        CompletionDescriptors.PendingPacketLost,
        CompletionDescriptors.ExternalDataPending,
        CompletionDescriptors.ThrownWithDuty,
    ];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (VmbusTypes.Find(start.Compilation) is { } types)
            {
                var model = new CompletionModel(types, start.Compilation, start.CancellationToken);
                start.RegisterOperationBlockAction(block => Analyze(block, model));
            }
        });
    }

    private static void Analyze(OperationBlockAnalysisContext context, CompletionModel model)
    {
        if (!model.MayConcern(context.OwningSymbol, context.FilterTree))
        {
            return;
        }

        foreach (IOperation block in context.OperationBlocks)
        {
            if (!Concerns(block, context.OwningSymbol, model.Contracts.Types))
            {
                continue;
            }

            var analysis = new CompletionAnalysis(model, context.CancellationToken);
            IReadOnlyList<PacketFinding>? findings = (block, context.OwningSymbol) switch
            {
                (IBlockOperation, IMethodSymbol method) => analysis.Analyze(context.GetControlFlowGraph(block), method),
                (IFieldInitializerOperation or IPropertyInitializerOperation, _) => analysis.AnalyzeFunctionsIn(context.GetControlFlowGraph(block)),
                _ => null,
            };
            foreach (PacketFinding finding in findings ?? [])
            {
                context.ReportDiagnostic(CreateDiagnostic(finding));
            }
        }
    }

    private static bool Concerns(IOperation block, ISymbol owner, VmbusTypes types)
    {
        foreach (IParameterSymbol parameter in (owner as IMethodSymbol)?.Parameters ?? [])
        {
            if (types.IsPacket(parameter.Type))
            {
                return true;
            }
        }

        foreach (IOperation operation in block.Descendants())
        {
            if (types.IsPacket(operation.Type) || (operation is IAnonymousFunctionOperation lambda && lambda.Symbol.Parameters.Any(p => types.IsPacket(p.Type))))
            {
                return true;
            }
        }

        return false;
    }

    private static Diagnostic CreateDiagnostic(PacketFinding finding)
    {
        string name = finding.Duty.Name;
        (DiagnosticDescriptor rule, string message) = finding.Rule switch
        {
            PacketRule.NotCompleted => (
                CompletionDescriptors.NotCompleted,
                PathText.Describe(finding.Path, $"'{name}' is not completed", finding.End is { IsReturn: true } ? "the method returns" : "the method ends")),
            PacketRule.CompletedTwice => (
                CompletionDescriptors.CompletedTwice,
                PathText.Describe(finding.Path, $"'{name}' is completed twice", $"'{PathText.Shorten(finding.Syntax)}' runs")),
            PacketRule.Lost => (
                CompletionDescriptors.PendingPacketLost,
                finding.Duty.IsNamed ? $"'{name}' is overwritten while its packet is owed" : $"The packet of '{name}' is discarded while it is owed"),
            PacketRule.ExternalDataPending => (
                CompletionDescriptors.ExternalDataPending,
                PathText.Describe(finding.Path, $"'{name}' may still wait for its external data", "the handler goes on")),
            _ => (
                CompletionDescriptors.ThrownWithDuty,
                PathText.Describe(finding.Path, $"'{name}' is not completed", "this exception leaves the method")),
        };
        IEnumerable<Location> places = PathText.Locations(finding.Path);
        return Diagnostic.Create(rule, finding.Location, finding.End is { } end ? places.Concat([end.Location]) : places, message);
    }
}
