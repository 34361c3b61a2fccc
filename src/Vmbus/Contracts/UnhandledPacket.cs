namespace Vmbus;

/// <summary>What becomes of a packet that no handler of a class takes.</summary>
public enum UnhandledPacket
{
    /// <summary>It is failed: VmbChannelPacketFail. The channel's queue stops.</summary>
    Fail = 0,

    /// <summary>It is completed without payload and the queue goes on.</summary>
    CompleteEmpty = 1,
}
