namespace Vmbus;

/// <summary>Binds a method <c>(VmbusPacket, NtStatus, ReadOnlySpan&lt;byte&gt;)</c> to EvtVmbPacketCompletionRoutine: a sent packet is done. DISPATCH_LEVEL or lower.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class PacketCompletionRoutineAttribute : Attribute;
