namespace Vmbus;

/// <summary>Binds a method <c>(VmbusChannel)</c> to EvtVmbChannelStarted: the channel is configured and its incoming queue does not run yet; it may queue sends and must not wait for completions. PASSIVE_LEVEL.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class ChannelStartedAttribute : Attribute;
