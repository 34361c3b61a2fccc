using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Contracts;
using Vmbus.Gen.Analyzers.Descriptors;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Irql;

/// <summary>VMB201: nothing blocks at DISPATCH_LEVEL.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class IrqlAnalyzer : DiagnosticAnalyzer
{
    private const string Arrow = " \u2192 ";

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [IrqlDescriptors.BlocksAtDispatch];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (VmbusTypes.Find(start.Compilation) is { } types)
            {
                var model = new IrqlModel(types, start.Compilation, start.Options, start.CancellationToken);
                start.RegisterOperationBlockAction(block => Analyze(block, model));
            }
        });
    }

    private static void Analyze(OperationBlockAnalysisContext context, IrqlModel model)
    {
        var method = context.OwningSymbol as IMethodSymbol;
        IntervalSet? levels = method is null ? null : model.Contracts.LevelsOf(method);
        bool begins = levels is not null && levels.Contains(IrqlContracts.Dispatch);
        if (!begins && !model.Raises(context.FilterTree))
        {
            return;
        }

        foreach (IOperation block in context.OperationBlocks)
        {
            if (block is IBlockOperation && method is not null)
            {
                AnalyzeFunction(context, model, context.GetControlFlowGraph(block), method, levels);
            }
            else if (block is IFieldInitializerOperation or IPropertyInitializerOperation)
            {
                AnalyzeNested(context, model, context.GetControlFlowGraph(block), null);
            }
        }
    }

    private static void AnalyzeFunction(OperationBlockAnalysisContext context, IrqlModel model, ControlFlowGraph graph, IMethodSymbol method, IntervalSet? levels)
    {
        var domain = new IrqlDomain(model, model.Ask());
        var session = new FlowSession(model.Flow, domain.Tracks, context.CancellationToken);
        IrqlModel.Run(graph, method, levels, domain, session);
        foreach (KeyValuePair<Location, BlockingWay> call in domain.Blocking)
        {
            context.ReportDiagnostic(CreateDiagnostic(method, call.Key, call.Value));
        }

        AnalyzeNested(context, model, graph, session);
    }

    /// <summary>Lambdas and local functions that are not run where they stand: at the level of their own contract, or at an unknown one.</summary>
    private static void AnalyzeNested(OperationBlockAnalysisContext context, IrqlModel model, ControlFlowGraph graph, FlowSession? session)
    {
        foreach ((ControlFlowGraph nested, IMethodSymbol method) in NestedFunctions.Of(graph))
        {
            IntervalSet? levels = model.Contracts.LevelsOf(method);
            if (levels is not null || session is null || !session.ProgramOf(nested, method).WasEntered)
            {
                AnalyzeFunction(context, model, nested, method, levels);
            }
        }
    }

    private static Diagnostic CreateDiagnostic(IMethodSymbol method, Location location, BlockingWay way)
        => Diagnostic.Create(
            IrqlDescriptors.BlocksAtDispatch,
            location,
            way.Steps.Skip(1).Select(static s => s.Location),
            Describe(method, way));

    private static string Describe(IMethodSymbol method, BlockingWay way)
    {
        string blocking = way.Steps[way.Steps.Length - 1].Name;
        string start = method.MethodKind == MethodKind.AnonymousFunction ? "lambda" : IrqlModel.NameOf(method);
        var text = new StringBuilder($"'{blocking}' blocks at DISPATCH_LEVEL: {start}");
        foreach (BlockingStep step in way.Steps)
        {
            text.Append(Arrow).Append(step.Name);
        }

        if (text.Length <= PathText.MaximumMessage)
        {
            return text.ToString();
        }

        // The ends of the way say most.
        return $"'{blocking}' blocks at DISPATCH_LEVEL: {start}{Arrow}{way.Steps[0].Name}{Arrow}...{Arrow}{blocking}";
    }
}
