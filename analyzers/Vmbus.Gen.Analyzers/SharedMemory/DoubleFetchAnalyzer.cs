using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Contracts;
using Vmbus.Gen.Analyzers.Descriptors;
using Vmbus.Gen.Analyzers.Flow;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.Analyzers.SharedMemory;

/// <summary>VMB303: a value in memory that the other side can change is read once.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DoubleFetchAnalyzer : DiagnosticAnalyzer
{
    private static readonly string[] Words = ["ExternalData", "Gpadl"];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [LifetimeDescriptors.DoubleFetch];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (VmbusTypes.Find(start.Compilation) is { } types)
            {
                var trees = new ConcurrentDictionary<SyntaxTree, bool>();
                start.RegisterOperationBlockAction(block => Analyze(block, types, trees));
            }
        });
    }

    private static void Analyze(OperationBlockAnalysisContext context, VmbusTypes types, ConcurrentDictionary<SyntaxTree, bool> trees)
    {
        if (context.OwningSymbol is not IMethodSymbol method)
        {
            return;
        }

        bool isInPlace = IsReadInPlace(method, types);
        if (!isInPlace && !trees.GetOrAdd(context.FilterTree, MentionsSharedMemory))
        {
            return;
        }

        foreach (IOperation block in context.OperationBlocks)
        {
            if (block is IBlockOperation && block.SemanticModel is { } model)
            {
                var views = new SharedViews(types, method, isInPlace, model);
                new DoubleFetches(context.GetControlFlowGraph(block), new SharedReads(views), new ReadUses(model, block.Syntax)).Report(context.ReportDiagnostic);
            }
        }
    }

    private static bool MentionsSharedMemory(SyntaxTree tree)
    {
        string text = tree.GetText().ToString();
        return Words.Any(word => text.IndexOf(word, StringComparison.Ordinal) >= 0);
    }

    private static bool IsReadInPlace(IMethodSymbol method, VmbusTypes types)
        => new PacketContracts(types).IsHandler(method) && ClassReader.Read(method.ContainingType)?.Settings.Reception == ReceptionKind.InPlace;
}
