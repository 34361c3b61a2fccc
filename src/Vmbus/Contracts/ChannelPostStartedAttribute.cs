namespace Vmbus;

/// <summary>Binds a method <c>(VmbusChannel)</c> to EvtVmbChannelPostStarted: the incoming queue runs, synchronous requests are possible. PASSIVE_LEVEL.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class ChannelPostStartedAttribute : Attribute;
