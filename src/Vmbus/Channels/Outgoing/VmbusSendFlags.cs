namespace Vmbus;

/// <summary>How a packet is sent: the flags of VmbPacketSend.</summary>
[Flags]
public enum VmbusSendFlags : uint
{
    /// <summary>The packet is done as soon as it is in the ring.</summary>
    None = 0,

    /// <summary>The packet is done when the other side has completed it: the wait-for-completion flag of VmbPacketSend.</summary>
    WaitForCompletion = 0x1,
}
