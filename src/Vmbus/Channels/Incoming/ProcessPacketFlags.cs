namespace Vmbus;

/// <summary>The Flags of EvtVmbChannelProcessPacket.</summary>
[Flags]
public enum ProcessPacketFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>The packet references external data: see <see cref="PacketCompletion.GetExternalData"/>.</summary>
    ExternalData = 0x1,
}
