namespace Vmbus.Benchmarks.Dispatch;

/// <summary>A handler behind a delegate.</summary>
internal delegate void Handler(PacketCompletion packet, ReadOnlySpan<byte> buffer);
