namespace Vmbus;

/// <summary>What stands behind a channel whose rings and lifecycle another library owns. Any thread, DISPATCH_LEVEL or lower.</summary>
internal interface IForeignChannel
{
    /// <summary>Where the channel stands, as far as that library has told.</summary>
    ChannelState State { get; }

    /// <summary>Why the channel takes no more packets; else <see langword="null"/>.</summary>
    Exception? Fault { get; }

    /// <summary>Ends when that library has told that the channel is closed.</summary>
    Task WhenClosed { get; }

    /// <summary>Ends with why the channel takes no more packets.</summary>
    Task<Exception> WhenStopped { get; }

    /// <summary>Packets that have outlived their callback and are owed.</summary>
    int Owed { get; }

    /// <summary>Sends bytes that belong to no <see cref="VmbusPacket"/>.</summary>
    NtStatus Send(ReadOnlySpan<byte> payload, ulong transactionId, bool mayQueue);

    /// <summary>Sends a packet. After a success status <see cref="VmbusPacket.Finish"/> is called exactly once, perhaps before the return.</summary>
    NtStatus Send(VmbusPacket packet, ReadOnlySpan<byte> payload, ulong transactionId, OutgoingData? data, VmbusSendFlags flags);

    /// <summary>Gives a sent packet up.</summary>
    /// <returns>Whether it was under way under this number, and its end has been told.</returns>
    bool TryCancel(VmbusPacket packet, long serial);

    /// <summary>Adds the packets that are owed.</summary>
    void CollectOwed(List<OwedPacket> packets);

    /// <summary>Gives up what nobody can complete any more.</summary>
    /// <returns>How many packets were given up.</returns>
    int AbandonLost();
}
