namespace Vmbus.Benchmarks.Dispatch;

/// <summary>A handler behind a delegate.</summary>
public delegate void Handler(PacketCompletion packet, ReadOnlySpan<byte> buffer);
