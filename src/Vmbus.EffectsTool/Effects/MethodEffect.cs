using Vmbus.EffectsTool.Graph;
using Vmbus.EffectsTool.Metadata;
using Vmbus.Gen.Analyzers.Irql.Effects;

namespace Vmbus.EffectsTool.Effects;

/// <summary>How a method blocks, and by which call.</summary>
/// <param name="Detours">How many steps of the way are not those of an ordinary call; none where the grade is that it does block.</param>
/// <param name="Distance">The number of calls to what blocks by itself.</param>
/// <param name="Via">The call that leads there; null for what blocks by itself.</param>
/// <param name="Next">What that call runs.</param>
internal sealed record MethodEffect(MethodNode Method, BlockingCategory Category, BlockingGrade Grade, int Detours, int Distance, CallEdge? Via, MethodNode? Next)
{
    /// <summary>Which of two ways tells how a method blocks: the one with fewer detours, of these the graver, of these the shorter. Smaller is before larger.</summary>
    public (int Detours, int Lightness, int Distance) Rank => (Detours, LightnessOf(Category), Distance);

    /// <summary>What a device, a peer or a process is waited for counts before waiting for a thread, and this before a lock, which is held for a short time.</summary>
    private static int LightnessOf(BlockingCategory category) => category switch
    {
        BlockingCategory.InputOutput => 0,
        BlockingCategory.Wait => 1,
        _ => 2,
    };
}
