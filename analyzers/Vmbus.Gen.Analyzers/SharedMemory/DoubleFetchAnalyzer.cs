using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
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
            if (VmbusTypes.FindUsed(start.Compilation, start.CancellationToken) is { } types)
            {
                var scope = new Scope(types, new HelperReads(types, FlowCompilation.Of(start.Compilation).Bodies, start.CancellationToken));
                start.RegisterOperationBlockAction(block => Analyze(block, scope));
            }
        });
    }

    private static void Analyze(OperationBlockAnalysisContext context, Scope scope)
    {
        if (context.OwningSymbol is not IMethodSymbol method)
        {
            return;
        }

        bool isInPlace = scope.IsReadInPlace(method);
        if (!isInPlace && !scope.MentionsSharedMemory(context.FilterTree))
        {
            return;
        }

        foreach (IOperation block in context.OperationBlocks)
        {
            if (block is IBlockOperation && block.SemanticModel is { } model)
            {
                var views = new SharedViews(scope.Types, method, isInPlace ? SharedParameters.Packet : SharedParameters.Data, model);
                var reads = new SharedReads(views, scope.Helpers);
                new DoubleFetches(context.GetControlFlowGraph(block), reads, new ReadUses(model, block.Syntax)).Report(context.ReportDiagnostic);
            }
        }
    }

    /// <summary>Which code of a compilation can read shared memory; asked once for each file and each class.</summary>
    private sealed class Scope(VmbusTypes types, HelperReads helpers)
    {
        private readonly PacketContracts _contracts = new(types);
        private readonly ConcurrentDictionary<SyntaxTree, bool> _trees = new();
        private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _inPlaceClasses = new(SymbolEqualityComparer.Default);

        public VmbusTypes Types { get; } = types;

        public HelperReads Helpers { get; } = helpers;

        public bool MentionsSharedMemory(SyntaxTree tree) => _trees.GetOrAdd(tree, static t => SourceWords.HasAny(t, Words));

        public bool IsReadInPlace(IMethodSymbol method)
            => _contracts.IsCallback(method)
                && _inPlaceClasses.GetOrAdd(method.ContainingType, static c => ClassReader.Read(c)?.Settings.Reception == ReceptionKind.InPlace || SaysInPlace(c));

        /// <summary>A class that is written by hand says in its traits how it receives.</summary>
        private static bool SaysInPlace(INamedTypeSymbol type)
            => type.GetMembers().OfType<IPropertySymbol>().Any(static p => p.Type.Name == "CallbackTraits"
                && p.DeclaringSyntaxReferences.Any(static r => r.GetSyntax().DescendantNodes().OfType<IdentifierNameSyntax>().Any(static n => n.Identifier.ValueText == nameof(ReceptionKind.InPlace))));
    }
}
