using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Contracts;
using Vmbus.Gen.Analyzers.Descriptors;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Completion;

/// <summary>VMB101: every packet is completed on every path.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PacketCompletionAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [CompletionDescriptors.NotCompleted];

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
                if (CreateDiagnostic(finding) is { } diagnostic)
                {
                    context.ReportDiagnostic(diagnostic);
                }
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

    private static Diagnostic? CreateDiagnostic(PacketFinding finding)
    {
        switch (finding.Rule)
        {
            case PacketRule.NotCompleted:
                string end = finding.End is { IsReturn: true } ? "the method returns" : "the method ends";
                return Diagnostic.Create(
                    CompletionDescriptors.NotCompleted,
                    finding.Location,
                    PathText.Locations(finding.Path).Concat([finding.End!.Location]),
                    PathText.Describe(finding.Path, $"'{finding.Duty.Name}' is not completed", end));
            default:
                return null;
        }
    }
}
