namespace Vmbus.EffectsTool.Reading;

/// <summary>What runs when a protected region is left.</summary>
internal readonly record struct BlockHandler(int Start, bool IsFinally, bool TakesException);
