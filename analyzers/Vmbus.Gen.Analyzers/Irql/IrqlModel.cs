using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Contracts;
using Vmbus.Gen.Analyzers.Flow;
using Vmbus.Gen.Analyzers.Irql.Allocations;
using Vmbus.Gen.Analyzers.Irql.Calls;
using Vmbus.Gen.Analyzers.Irql.Findings;
using Vmbus.Gen.Analyzers.Irql.Levels;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.Analyzers.Irql;

/// <summary>What the IRQL rules share within a compilation: contracts, what calls may run, and what functions do.</summary>
internal sealed class IrqlModel
{
    private readonly IrqlSummaries _summaries;

    public IrqlModel(VmbusTypes types, Compilation compilation, AnalyzerOptions options, bool collectsAllocations)
    {
        Types = types;
        CollectsAllocations = collectsAllocations;
        Flow = FlowCompilation.Of(compilation);
        Contracts = new IrqlContracts(types, Flow.Bodies);
        Calls = new BlockingCalls(Contracts, Flow.Bodies, new BlockingCatalog(options));
        Targets = new CallTargets(Flow.Bodies);
        Graphs = new FunctionGraphs(Flow.Bodies);
        Bodies = new CalledBodies(new TypeHierarchy(compilation, Flow.Bodies));
        Delegates = new DelegateSources(Flow.Bodies);
        Enumerations = new Enumerations(Flow.Bodies);
        TypeInitializers = new TypeInitializers(Graphs);
        Allocations = new AllocationSites(Flow.Bodies);
        Raising = new RaisingCode(compilation, types.ProcessPacketAttribute.ContainingAssembly);
        Quiet = new QuietCode(this);
        var graph = new CallGraph(this);
        _summaries = new IrqlSummaries(
            graph.CalleesOf,
            (function, summaryOf, cancellation) => new IrqlAnalysis(this, summaryOf, cancellation).Summarize(function));
    }

    public VmbusTypes Types { get; }

    public IrqlContracts Contracts { get; }

    public FlowCompilation Flow { get; }

    public BlockingCalls Calls { get; }

    public CallTargets Targets { get; }

    public FunctionGraphs Graphs { get; }

    public CalledBodies Bodies { get; }

    public DelegateSources Delegates { get; }

    public Enumerations Enumerations { get; }

    public TypeInitializers TypeInitializers { get; }

    public AllocationSites Allocations { get; }

    public RaisingCode Raising { get; }

    public QuietCode Quiet { get; }

    /// <summary>Whether allocations are looked for: only where someone will hear of them.</summary>
    public bool CollectsAllocations { get; }

    public static string NameOf(IMethodSymbol method)
    {
        ISymbol member = method.AssociatedSymbol ?? method;
        return method.MethodKind switch
        {
            MethodKind.Constructor => "new " + method.ContainingType.Name,
            MethodKind.StaticConstructor => "static " + method.ContainingType.Name,
            MethodKind.AnonymousFunction => "lambda",
            MethodKind.DelegateInvoke => method.ContainingType.Name,
            MethodKind.LocalFunction => method.Name,
            _ => method.DeclaringSyntaxReferences.Length > 0 ? member.Name : ExtensionBlocks.HostOf(method.ContainingType).Name + "." + member.Name,
        };
    }

    public IrqlSummary SummaryOf(IMethodSymbol function, CancellationToken cancellation) => _summaries.Get(function, cancellation);

    /// <summary>Whether a function says nothing of itself, so that its body tells what it does at its caller's level.</summary>
    public bool IsJudgedByBody(IMethodSymbol function)
        => Contracts.LevelsOf(function) is null && !Contracts.SaysThatItBlocks(function) && Contracts.RaisesTo(function) is null;

    /// <summary>Whether a function stands in a file that speaks of levels; a constructor runs what all files of its type say.</summary>
    public bool SpeaksOfLevels(IMethodSymbol function)
        => (function.MethodKind is MethodKind.Constructor or MethodKind.StaticConstructor ? (ISymbol)function.ContainingType : function).DeclaringSyntaxReferences.Any(written => Raising.IsIn(written.SyntaxTree));

    /// <summary>Whether a function that has a contract is looked at for what an exception out of it leaves of the level: where its file raises.</summary>
    public bool MayLeaveRaised(IMethodSymbol function)
        => function.DeclaringSyntaxReferences is [var written, ..] && Raising.RaisesIn(written.SyntaxTree) && Graphs.HasCode(function);

    /// <summary>A function as a place where looking begins: at the levels of its contract, or at its caller's.</summary>
    public IrqlFunction Describe(IMethodSymbol method)
    {
        (bool isCallback, bool isStart) = RoleOf(method);
        return new IrqlFunction(method, Contracts.LevelsOf(method), TypeSubstitution.For(method), isCallback, isStart);
    }

    /// <summary>The functions that make the value of a Lazy.</summary>
    public ImmutableArray<IMethodSymbol> LazyFactories(IPropertyReferenceOperation value, FlowProgram program)
    {
        IOperation? instance = value.Instance;
        while (instance is IFlowCaptureReferenceOperation capture && program.CapturedBy(capture.Id) is { } captured && !ReferenceEquals(captured, instance))
        {
            instance = captured;
        }

        return instance switch
        {
            IMemberReferenceOperation { Member: { } member } => Delegates.Of(member),
            ILocalReferenceOperation { Local: { } local } => Delegates.OfLocal(local),
            _ => [],
        };
    }

    private (bool IsCallback, bool IsStart) RoleOf(IMethodSymbol method)
    {
        for (IMethodSymbol? declared = method; declared is not null; declared = declared.OverriddenMethod)
        {
            foreach (AttributeData attribute in declared.GetAttributes())
            {
                if (CallbackAttributes.KindOf(attribute) is { } kind)
                {
                    return (kind != CallbackKind.PacketCompletionRoutine, kind == CallbackKind.Started);
                }
            }
        }

        if (method.MethodKind is MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation && method.ContainingType is { } type
            && type.AllInterfaces.Any(i => VmbusTypes.Same(i, Types.ChannelCallbacks)))
        {
            foreach (IMethodSymbol member in PacketContracts.ImplementedMembers(method))
            {
                if (VmbusTypes.Same(member.ContainingType, Types.ChannelCallbacks))
                {
                    return (member.Name != "PacketCompletionRoutine", member.Name == "Started");
                }
            }
        }

        return (false, false);
    }
}
