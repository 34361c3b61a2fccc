using Vmbus.EffectsTool.Graph;
using Vmbus.EffectsTool.Metadata;
using Vmbus.Gen.Analyzers.Irql.Effects;

namespace Vmbus.EffectsTool.Effects;

/// <summary>How a method blocks, and by which call.</summary>
/// <param name="Distance">The number of calls to what blocks by itself.</param>
/// <param name="Via">The call that leads there; null for what blocks by itself.</param>
/// <param name="Next">What that call runs.</param>
internal sealed record MethodEffect(MethodNode Method, BlockingCategory Category, BlockingGrade Grade, int Distance, CallEdge? Via, MethodNode? Next);
