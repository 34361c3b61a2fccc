using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Contracts;
using Vmbus.Gen.Analyzers.Descriptors;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Completion;

/// <summary>VMB101 to VMB109, but for VMB106: every packet is completed exactly once, on every path; VMB301, 302, 304: what looks into it ends with it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PacketCompletionAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        CompletionDescriptors.NotCompleted,
        CompletionDescriptors.CompletedTwice,
        CompletionDescriptors.UsedAfterCompletion,
        CompletionDescriptors.DeferredAtPassive,
        CompletionDescriptors.PendingPacketLost,
        CompletionDescriptors.ExternalDataPending,
        CompletionDescriptors.ThrownWithDuty,
        CompletionDescriptors.SilentAboutDuty,
        LifetimeDescriptors.BufferUsedLate,
        LifetimeDescriptors.KeptBeyondCallback,
        LifetimeDescriptors.ExternalDataUsedLate,
    ];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (VmbusTypes.FindUsed(start.Compilation, start.CancellationToken) is { } types)
            {
                var model = new CompletionModel(types, start.Compilation, start.Options.AnalyzerConfigOptionsProvider, start.CancellationToken);
                start.RegisterOperationBlockAction(block => Analyze(block, model));
                start.RegisterSymbolAction(symbol => PublicContracts.Check(symbol, model), Microsoft.CodeAnalysis.SymbolKind.Method);
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
            if (!Concerns(block, context.OwningSymbol, model))
            {
                continue;
            }

            var analysis = new CompletionAnalysis(model, context.CancellationToken);
            IReadOnlyList<PacketFinding>? findings = (block, context.OwningSymbol) switch
            {
                (IBlockOperation, IMethodSymbol method) => analysis.Analyze(model.Flow.Bodies.GraphOf(method, block, context), method),
                (IFieldInitializerOperation or IPropertyInitializerOperation, _) => analysis.AnalyzeFunctionsIn(context.GetControlFlowGraph(block)),
                _ => null,
            };
            foreach (PacketFinding finding in findings ?? [])
            {
                context.ReportDiagnostic(PacketDiagnostics.Create(finding));
            }
        }
    }

    private static bool Concerns(IOperation block, ISymbol owner, CompletionModel model)
    {
        if (owner is IMethodSymbol method && model.Contracts.IsHandler(method)
            && MethodParameters.Of(method).Any(ViewTypes.IsReference) && (model.MayKeepAddresses(method) || MethodParameters.Of(method).Any(static p => p.Type.TypeKind == TypeKind.Pointer)))
        {
            return true;
        }

        VmbusTypes types = model.Contracts.Types;
        foreach (IParameterSymbol parameter in owner is IMethodSymbol called ? MethodParameters.Of(called) : [])
        {
            if (types.IsPacket(parameter.Type))
            {
                return true;
            }
        }

        foreach (IOperation operation in block.Descendants())
        {
            if (types.IsPacket(operation.Type) || model.Parts.Has(operation.Type) || (operation is IAnonymousFunctionOperation lambda && lambda.Symbol.Parameters.Any(p => types.IsPacket(p.Type))))
            {
                return true;
            }
        }

        return false;
    }
}
