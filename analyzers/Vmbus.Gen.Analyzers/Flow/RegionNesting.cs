using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>The regions around a block within its own function.</summary>
internal static class RegionNesting
{
    /// <summary>
    /// The region around this one; null at the function's root. The graph of a lambda or local function hangs in the region where it
    /// is written, whose handlers are none of its own.
    /// </summary>
    public static ControlFlowRegion? Around(this ControlFlowRegion region) => region.Kind == ControlFlowRegionKind.Root ? null : region.EnclosingRegion;
}
