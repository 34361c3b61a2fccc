namespace Vmbus.Gen.Shape;

/// <summary>As <c>Vmbus.PacketReply</c>.</summary>
internal enum ReplyKind
{
    Completion = 0,
    InBand = 1,
}

/// <summary>As <c>Vmbus.UnhandledPacket</c>.</summary>
internal enum UnhandledPolicy
{
    Fail = 0,
    CompleteEmpty = 1,
}

/// <summary>As <c>Vmbus.PacketReception</c>.</summary>
internal enum ReceptionKind
{
    Copied = 0,
    InPlace = 1,
}

/// <summary>What <c>[ChannelCallbacks]</c> says, and the defaults where it says nothing.</summary>
internal sealed record ClassSettings
{
    public static ClassSettings Default { get; } = new();

    /// <summary>In bytes, not negative.</summary>
    public int MessageTypeOffset { get; init; }

    /// <summary>In bytes: 1, 2, 4 or 8.</summary>
    public int MessageTypeSize { get; init; } = 4;

    /// <summary>Null where the class does not say.</summary>
    public bool? IncomingProcessingAtPassive { get; init; }

    /// <summary>Null where the class does not say.</summary>
    public ReceptionKind? Reception { get; init; }

    public ReplyKind Reply { get; init; }

    public UnhandledPolicy Unhandled { get; init; }

    public bool NativeEntryPoints { get; init; }
}
