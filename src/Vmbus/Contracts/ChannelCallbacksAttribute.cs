namespace Vmbus;

/// <summary>Says where the message type of a packet lies and how a class of handlers is bound. Optional: without it the defaults of its properties hold.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ChannelCallbacksAttribute : Attribute
{
    /// <summary>Offset of the message type in the packet's buffer, in bytes. Default 0. It need not be aligned.</summary>
    public int MessageTypeOffset { get; set; }

    /// <summary>Size of the little-endian message type in bytes: 1, 2, 4 (the default) or 8.</summary>
    public int MessageTypeSize { get; set; } = 4;

    /// <summary>Whether packets are processed at PASSIVE_LEVEL: VmbChannelSetIncomingProcessingAtPassive. Default <see langword="false"/>.</summary>
    public bool IncomingProcessingAtPassive { get; set; }

    /// <summary>Whether packets are copied out of the ring before user code sees them. Default <see cref="PacketReception.Copied"/>.</summary>
    public PacketReception Reception { get; set; }

    /// <summary>How values returned by handlers go back. Default <see cref="PacketReply.Completion"/>.</summary>
    public PacketReply Reply { get; set; }

    /// <summary>What becomes of a packet that no handler takes. Default <see cref="UnhandledPacket.Fail"/>.</summary>
    public UnhandledPacket Unhandled { get; set; }

    /// <summary>Whether entry points with the C signatures of the KMCL callbacks are generated. Default <see langword="false"/>.</summary>
    public bool NativeEntryPoints { get; set; }
}
