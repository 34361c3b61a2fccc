using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>What the engine knows of a compilation, resolved once and shared by the analyzers of all rules.</summary>
internal sealed class FlowCompilation
{
    private static readonly ConditionalWeakTable<Compilation, FlowCompilation> Known = new();

    private FlowCompilation(Compilation compilation)
    {
        Compilation = compilation;
        Bodies = new MethodBodies(compilation);
        Identifiers = new IdentifierIndex(compilation);
        FieldWrites = new FieldWrites(Identifiers);
        Overrides = new MethodOverrides(compilation);
        Erased = new ErasedCalls(compilation.GetTypeByMetadataName("System.Diagnostics.ConditionalAttribute"));
        NonReturning = new NonReturningCalls(compilation, Bodies);
        Exception = compilation.GetTypeByMetadataName("System.Exception");
    }

    public static FlowCompilation Of(Compilation compilation) => Known.GetValue(compilation, static c => new FlowCompilation(c));

    public Compilation Compilation { get; }

    public MethodBodies Bodies { get; }

    public IdentifierIndex Identifiers { get; }

    public MethodOverrides Overrides { get; }

    public ErasedCalls Erased { get; }

    public NonReturningCalls NonReturning { get; }

    public FieldWrites FieldWrites { get; }

    public INamedTypeSymbol? Exception { get; }
}
