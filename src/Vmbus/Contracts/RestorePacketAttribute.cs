namespace Vmbus;

/// <summary>Binds a method <c>NtStatus (VmbusChannel, ReadOnlySpan&lt;byte&gt; libraryState, ReadOnlySpan&lt;byte&gt; savedState)</c> to EvtVmbChannelRestorePacket. PASSIVE_LEVEL.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class RestorePacketAttribute : Attribute;
