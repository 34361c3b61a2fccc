namespace Vmbus;

/// <summary>How a packet is sent: the flags of VmbPacketSend.</summary>
[Flags]
public enum VmbusSendFlags : uint
{
    /// <summary>The packet is done as soon as it is in the ring.</summary>
    None = 0,

    /// <summary>The packet is done when the other side has completed it. Implied by external data, which stays shared until then.</summary>
    WaitForCompletion = 0x1,

    /// <summary>
    /// In the kernel: the length of the MDL chain is taken although it exceeds the maximum that the channel announced. Here: <see cref="VmbusChannelOptions.MaximumExternalData"/>
    /// of the sender is not checked; the receiver's is.
    /// </summary>
    ForceMdlLength = 0x2,

    /// <summary>The payload lies in pageable memory: the packet must be sent below DISPATCH_LEVEL.</summary>
    PagedBuffer = 0x4,
}
