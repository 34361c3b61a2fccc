namespace Vmbus;

/// <summary>Binds a method <c>(VmbusChannel)</c>, returning nothing or <see cref="NtStatus"/>, to EvtVmbChannelOpened: the other side opened the channel; a failure status rolls the opening back. PASSIVE_LEVEL.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class ChannelOpenedAttribute : Attribute;
