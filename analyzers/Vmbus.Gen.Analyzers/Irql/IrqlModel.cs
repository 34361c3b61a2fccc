using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Vmbus.Gen.Analyzers.Contracts;
using Vmbus.Gen.Analyzers.Flow;
using Vmbus.Gen.Analyzers.Summaries;

namespace Vmbus.Gen.Analyzers.Irql;

/// <summary>What the IRQL rules share within a compilation: contracts, and which methods lead to blocking.</summary>
internal sealed class IrqlModel
{
    private readonly ConcurrentDictionary<SyntaxTree, bool> _treesThatRaise = new();
    private readonly SummaryCache<BlockingWay> _summaries;

    public IrqlModel(VmbusTypes types, Compilation compilation, AnalyzerOptions options, CancellationToken cancellation)
    {
        Types = types;
        Contracts = new IrqlContracts(types);
        Flow = new FlowCompilation(compilation);
        Calls = new BlockingCalls(Contracts, Flow.Bodies, new BlockingCatalog(options, cancellation));
        _summaries = new SummaryCache<BlockingWay>(BlockingWay.None, BlockingWay.None, (method, request) => Summarize(method, request, cancellation));
    }

    public VmbusTypes Types { get; }

    public IrqlContracts Contracts { get; }

    public FlowCompilation Flow { get; }

    public BlockingCalls Calls { get; }

    public static string NameOf(IMethodSymbol method)
    {
        ISymbol member = method.AssociatedSymbol ?? method;
        return method.MethodKind == MethodKind.Constructor ? "new " + method.ContainingType.Name
            : method.DeclaringSyntaxReferences.Length > 0 || method.MethodKind is MethodKind.LocalFunction or MethodKind.AnonymousFunction ? member.Name
            : method.ContainingType.Name + "." + member.Name;
    }

    public SummaryCache<BlockingWay>.Request Ask() => _summaries.Begin();

    public bool HasBody(IMethodSymbol method)
        => method.DeclaringSyntaxReferences.Length > 0
            && !method.IsAbstract
            && !IsIterator(method)
            && MethodBodies.FindSyntax(method, CancellationToken.None) is { } body
            && Flow.Compilation.ContainsSyntaxTree(body.SyntaxTree);

    /// <summary>Whether a file raises the level anywhere, so that code without a contract must be looked at.</summary>
    public bool Raises(SyntaxTree tree)
        => _treesThatRaise.GetOrAdd(tree, static t => t.GetText().ToString() is var text
            && (text.IndexOf("KernelIrql", StringComparison.Ordinal) >= 0 || text.IndexOf("IrqlRequires", StringComparison.Ordinal) >= 0));

    /// <summary>Runs a function that begins at one of the given levels; null: at an unknown one.</summary>
    public IrqlDomain Run(ControlFlowGraph graph, IMethodSymbol method, IntervalSet? levels, SummaryCache<BlockingWay>.Request request, CancellationToken cancellation)
    {
        var domain = new IrqlDomain(this, request);
        var session = new FlowSession(Flow, domain.Tracks, cancellation);
        Run(graph, method, levels, domain, session);
        return domain;
    }

    public static void Run(ControlFlowGraph graph, IMethodSymbol method, IntervalSet? levels, IrqlDomain domain, FlowSession session)
    {
        FlowProgram program = session.ProgramOf(graph, method);
        program.Enter();
        SmallMap<IntervalSet> facts = SmallMap<IntervalSet>.Empty;
        Symbol? level = null;
        if (levels is not null)
        {
            level = session.Values.Site(typeof(IrqlModel), method, isBoolean: false);
            facts = facts.With(level.Id, levels);
        }

        new FlowInterpreter<IrqlState>(program, domain, session).Run(
            [new Disjunct<IrqlState>(new IrqlState(level), SmallMap<Value>.Empty, facts, null)]);
    }

    private static bool IsIterator(IMethodSymbol method)
        => !method.IsAsync
            && method.ReturnType.OriginalDefinition.SpecialType is SpecialType.System_Collections_Generic_IEnumerable_T or SpecialType.System_Collections_IEnumerable
                or SpecialType.System_Collections_Generic_IEnumerator_T or SpecialType.System_Collections_IEnumerator
            && MethodBodies.FindSyntax(method, CancellationToken.None) is { } body
            && body.DescendantNodes().Any(static n => n is Microsoft.CodeAnalysis.CSharp.Syntax.YieldStatementSyntax);

    private BlockingWay Summarize(IMethodSymbol method, SummaryCache<BlockingWay>.Request request, CancellationToken cancellation)
    {
        if (Flow.Bodies.FindGraph(method, cancellation) is not { } graph)
        {
            return BlockingWay.None;
        }

        IrqlDomain domain = Run(graph, method, IrqlContracts.AnyLevel, request, cancellation);

        // The shortest way stands for all, so that recursion cannot make it grow; the first in the source among equals.
        return domain.Blocking
            .OrderBy(static call => call.Value.Steps.Length)
            .ThenBy(static call => call.Key.SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(static call => call.Key.SourceSpan.Start)
            .Select(static call => call.Value)
            .FirstOrDefault() ?? BlockingWay.None;
    }
}
