using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Contracts;
using Vmbus.Gen.Analyzers.Descriptors;
using Vmbus.Gen.Analyzers.Flow;
using Vmbus.Gen.Analyzers.Irql.Calls;
using Vmbus.Gen.Analyzers.Irql.Findings;
using Vmbus.Gen.Analyzers.Irql.Levels;
using Vmbus.Gen.Analyzers.Irql.Reporting;

namespace Vmbus.Gen.Analyzers.Irql;

/// <summary>VMB201 to VMB208 and VMB401: what may run at which interrupt request level.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class IrqlAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        IrqlDescriptors.BlocksAtDispatch,
        IrqlDescriptors.RequiresLower,
        IrqlDescriptors.RequiresHigher,
        IrqlDescriptors.NotRestored,
        IrqlDescriptors.DemandsLower,
        IrqlDescriptors.MonitorAtDispatch,
        IrqlDescriptors.MissingContract,
        IrqlDescriptors.WaitsForItself,
        IrqlDescriptors.AllocatesAtDispatch,
    ];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        DiagnosticSeverity heard = context.MinimumReportedSeverity;
        context.RegisterCompilationStartAction(start =>
        {
            if (VmbusTypes.FindUsed(start.Compilation, start.CancellationToken) is not { } types)
            {
                return;
            }

            bool wantsAllocations = WantedRules.IsWanted(IrqlDescriptors.AllocatesAtDispatch, heard, start.Compilation, start.CancellationToken);
            bool wantsContracts = WantedRules.IsWanted(IrqlDescriptors.MissingContract, heard, start.Compilation, start.CancellationToken);
            var model = new IrqlModel(types, start.Compilation, start.Options, wantsAllocations);
            start.RegisterOperationBlockAction(block => AnalyzeBlock(block, model, wantsContracts));
            start.RegisterOperationAction(creation => AnalyzeDelegate(creation, model), OperationKind.DelegateCreation);
            start.RegisterSymbolAction(symbol => Report(ContractReports.OfOverride((IMethodSymbol)symbol.Symbol, model), symbol.ReportDiagnostic), Microsoft.CodeAnalysis.SymbolKind.Method);
        });
    }

    private static void AnalyzeBlock(OperationBlockAnalysisContext context, IrqlModel model, bool wantsContracts)
    {
        if (context.OwningSymbol is not IMethodSymbol method)
        {
            if (model.Raising.IsIn(context.FilterTree) || RunsElsewhere(context.OperationBlocks, model))
            {
                foreach (IOperation initializer in context.OperationBlocks.Where(static b => b is IFieldInitializerOperation or IPropertyInitializerOperation))
                {
                    AnalyzeInitializer(context, model, context.GetControlFlowGraph(initializer));
                }
            }

            return;
        }

        IrqlFunction function = model.Describe(method);
        if (IsLookedAt(function, context.FilterTree, model) || RunsElsewhere(context.OperationBlocks, model))
        {
            foreach (IOperation block in context.OperationBlocks)
            {
                if (block is IBlockOperation)
                {
                    AnalyzeFunction(context, model, model.Flow.Bodies.GraphOf(method, block, context), function);
                }
            }

            if (function.Levels is { } levels && levels.Contains(IrqlContracts.Dispatch) && (method.MethodImplementationFlags & MethodImplAttributes.Synchronized) != 0)
            {
                var way = new CallWay(new CallStep("[MethodImpl(Synchronized)]", method.Locations[0]));
                context.ReportDiagnostic(FindingReports.Create(method, method.Locations[0], new IrqlFinding(IrqlRule.EntersMonitor, LevelSet.Dispatch, "", way)));
            }
        }

        if (wantsContracts && function.IsOpen && ContractReports.IsPublic(method) && !model.Contracts.SaysThatItBlocks(method))
        {
            Report(ContractReports.OfMissing(method, model, context.CancellationToken), context.ReportDiagnostic);
        }
    }

    /// <summary>What a field or property begins with is run by a constructor, at whatever level that is called.</summary>
    private static void AnalyzeInitializer(OperationBlockAnalysisContext context, IrqlModel model, ControlFlowGraph graph)
    {
        INamedTypeSymbol type = context.OwningSymbol.ContainingType;
        if ((context.OwningSymbol.IsStatic ? type.StaticConstructors : type.InstanceConstructors) is [var constructor, ..])
        {
            AnalyzeFunction(context, model, graph, new IrqlFunction(constructor, null, TypeSubstitution.None, IsCallback: false, IsStart: false));
        }
        else
        {
            AnalyzeNested(context, model, graph, null);
        }
    }

    /// <summary>A contract begins here, or code that raises may be in the file.</summary>
    private static bool IsLookedAt(IrqlFunction function, SyntaxTree tree, IrqlModel model) => !function.IsOpen || model.Raising.IsIn(tree);

    /// <summary>
    /// What awaits, or hands work to other threads, itself or through what it gives a delegate to, runs code at PASSIVE_LEVEL; whoever calls it knows nothing of that.
    /// </summary>
    private static bool RunsElsewhere(ImmutableArray<IOperation> blocks, IrqlModel model)
        => model.Raising.IsMoreRequired
            && blocks.Any(static b => b.DescendantsAndSelf().Any(static o => o.Kind == OperationKind.Await || o is IDelegateCreationOperation { Parent: IArgumentOperation } || DelegateCalls.KindOf(o) == DelegateCallKind.Passive));

    private static void AnalyzeDelegate(OperationAnalysisContext context, IrqlModel model)
    {
        var creation = (IDelegateCreationOperation)context.Operation;
        if (model.Contracts.LevelsOfDelegate(creation.Type) is null)
        {
            return;
        }

        Report(ContractReports.OfDelegate(creation, model, context.CancellationToken), context.ReportDiagnostic);
        bool isSeen = context.ContainingSymbol is IMethodSymbol method
            ? IsLookedAt(model.Describe(method), creation.Syntax.SyntaxTree, model)
            : model.Raising.IsIn(creation.Syntax.SyntaxTree);
        if (!isSeen && creation.Target is IAnonymousFunctionOperation { Symbol: { } lambda })
        {
            foreach (ControlFlowGraph graph in model.Graphs.Of(lambda, context.CancellationToken))
            {
                Analyze(graph, model.Describe(lambda), model, context.ReportDiagnostic, context.CancellationToken);
            }
        }
    }

    private static void AnalyzeFunction(OperationBlockAnalysisContext context, IrqlModel model, ControlFlowGraph graph, IrqlFunction function)
    {
        IrqlAnalysis.Result? result = Analyze(graph, function, model, context.ReportDiagnostic, context.CancellationToken);
        AnalyzeNested(context, model, graph, result?.Pass);
    }

    /// <summary>Runs a function and reports what is wrong in it; null if it needs no run.</summary>
    private static IrqlAnalysis.Result? Analyze(ControlFlowGraph graph, IrqlFunction function, IrqlModel model, Action<Diagnostic> report, CancellationToken cancellation)
    {
        Func<IMethodSymbol, IrqlSummary> summaryOf = f => model.SummaryOf(f, cancellation);
        if (model.Quiet.IsQuiet(graph, function, summaryOf))
        {
            return null;
        }

        IrqlAnalysis.Result result = new IrqlAnalysis(model, summaryOf, cancellation).Run(graph, function);
        foreach (KeyValuePair<Location, IrqlFinding> finding in result.Pass.Findings.Certain)
        {
            report(FindingReports.Create(function.Method, finding.Key, finding.Value));
        }

        RaiseReports.Report(result, graph, model, report);
        return result;
    }

    /// <summary>Lambdas and local functions that are not run where they stand: at the level of their own contract, or at an unknown one.</summary>
    /// <param name="context">The code.</param>
    /// <param name="model">What is known of the compilation.</param>
    /// <param name="graph">The function that they are written in.</param>
    /// <param name="pass">The run of that function; null if it needed none.</param>
    private static void AnalyzeNested(OperationBlockAnalysisContext context, IrqlModel model, ControlFlowGraph graph, IrqlPass? pass)
    {
        foreach ((ControlFlowGraph nested, IMethodSymbol method) in NestedFunctions.Of(graph))
        {
            if (pass is not null && method.MethodKind == MethodKind.AnonymousFunction && !pass.Lambdas.Contains(method))
            {
                // No path makes it: like all that stands on no path, it says nothing.
                continue;
            }

            IrqlFunction function = model.Describe(method);
            if (!function.IsOpen || pass is null || !pass.Session.ProgramOf(nested, method).WasEntered)
            {
                AnalyzeFunction(context, model, nested, function);
            }
            else
            {
                AnalyzeNested(context, model, nested, pass);
            }
        }
    }

    private static void Report(Diagnostic? diagnostic, Action<Diagnostic> report)
    {
        if (diagnostic is not null)
        {
            report(diagnostic);
        }
    }
}
