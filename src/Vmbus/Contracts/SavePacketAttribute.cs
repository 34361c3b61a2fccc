namespace Vmbus;

/// <summary>Binds a method <c>NtStatus (VmbusChannel, VmbusPacket, Span&lt;byte&gt; buffer, out int bytesNeeded)</c> to EvtVmbChannelSavePacket. PASSIVE_LEVEL.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class SavePacketAttribute : Attribute;
