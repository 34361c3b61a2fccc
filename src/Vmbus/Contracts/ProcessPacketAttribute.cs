namespace Vmbus;

/// <summary>
/// Binds a method to incoming packets: EvtVmbChannelProcessPacket. With message types, to the packets of those types; without, to every
/// packet that no other handler of the class takes.
/// </summary>
/// <remarks>
/// A synchronous handler runs at <see cref="Irql.Dispatch"/> or lower unless <see cref="Irql"/> is <see cref="Vmbus.Irql.Passive"/>. A handler that
/// returns <see langword="void"/> takes a <see cref="PacketCompletion"/> and owes exactly one completion on every path; what any other handler
/// returns is sent back and the packet completed by generated code.
/// </remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class ProcessPacketAttribute : Attribute
{
    /// <summary>Binds the method to every packet that no other handler of the class takes.</summary>
    public ProcessPacketAttribute() => MessageTypes = [];

    /// <summary>Binds the method to packets of the given message types.</summary>
    /// <param name="messageTypes">Integral or enum constants that fit <see cref="ChannelCallbacksAttribute.MessageTypeSize"/>; a negative one is taken as two's complement.</param>
    public ProcessPacketAttribute(params object[] messageTypes) => MessageTypes = messageTypes;

    /// <summary>The message types as written; empty for the default handler.</summary>
    public IReadOnlyList<object> MessageTypes { get; }

    /// <summary>The highest level at which the handler may run. <see cref="Vmbus.Irql.Passive"/> lets it wait: the packet is deferred to PASSIVE_LEVEL first.</summary>
    public Irql Irql { get; set; } = Irql.Dispatch;

    /// <summary>How the handler's return value goes back; where it is not written, <see cref="ChannelCallbacksAttribute.Reply"/> of the class holds.</summary>
    public PacketReply Reply { get; set; }
}
