namespace Vmbus;

/// <summary>Binds a method <c>(VmbusChannel)</c> to EvtVmbChannelClosed: the channel is closed, nothing is owed any more. PASSIVE_LEVEL.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class ChannelClosedAttribute : Attribute;
