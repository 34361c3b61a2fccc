namespace Vmbus;

/// <summary>Binds a method <c>(VmbusChannel, NtStatus)</c> to EvtChannelPnpFailure: a client endpoint could not connect though the device exists. PASSIVE_LEVEL.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class PnpFailureAttribute : Attribute;
