namespace Vmbus;

/// <summary>Binds a method <c>(VmbusChannel channel, uint packetsProcessed)</c> to EvtVmbChannelProcessingComplete: a batch was delivered and delivery pauses. Runs at the level of the handlers.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class ProcessingCompleteAttribute : Attribute;
