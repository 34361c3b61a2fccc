using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>What the engine knows of a compilation, resolved once and shared by all its analyses.</summary>
internal sealed class FlowCompilation
{
    public FlowCompilation(Compilation compilation)
    {
        Compilation = compilation;
        Bodies = new MethodBodies(compilation);
        Erased = new ErasedCalls(compilation.GetTypeByMetadataName("System.Diagnostics.ConditionalAttribute"));
        NonReturning = new NonReturningCalls(compilation, Bodies);
        Exception = compilation.GetTypeByMetadataName("System.Exception");
    }

    public Compilation Compilation { get; }

    public MethodBodies Bodies { get; }

    public ErasedCalls Erased { get; }

    public NonReturningCalls NonReturning { get; }

    public FieldWrites FieldWrites { get; } = new();

    public INamedTypeSymbol? Exception { get; }
}
