using Microsoft.CodeAnalysis;

namespace Vmbus.Generator.Benchmarks;

/// <summary>The least that a generator on ForAttributeWithMetadataName does: it hands on the name of what was found, and writes nothing.</summary>
internal sealed class IdentityGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
        => context.RegisterSourceOutput(
            context.SyntaxProvider.ForAttributeWithMetadataName("Vmbus.ProcessPacketAttribute", static (_, _) => true, static (match, _) => match.TargetSymbol.Name),
            static (_, _) => { });
}
