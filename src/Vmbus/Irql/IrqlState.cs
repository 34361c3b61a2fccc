namespace Vmbus;

/// <summary>The level of a thread together with its open raises, so that it can be compared and put back.</summary>
/// <param name="Current">The level.</param>
/// <param name="Depth">How many raises are open.</param>
/// <param name="PreviousLevels">The level before each of them.</param>
internal readonly record struct IrqlState(Irql Current, int Depth, ulong PreviousLevels);
