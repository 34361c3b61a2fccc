namespace Vmbus;

/// <summary>Binds a method <c>(VmbusChannel)</c> to EvtVmbChannelSuspend: no packet is or will be delivered until the next Started; owed packets must still be completed. PASSIVE_LEVEL.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class ChannelSuspendAttribute : Attribute;
