using System.ComponentModel;

namespace Vmbus.CompilerServices;

/// <summary>What a class of callbacks says about the channel it is bound to. Made by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CallbackTraits
{
    /// <summary>Whether the class processes its packets at PASSIVE_LEVEL; <see langword="null"/> where it does not say.</summary>
    public bool? IncomingProcessingAtPassive { get; init; }

    /// <summary>Where the bytes lie that the class reads; <see langword="null"/> where it does not say.</summary>
    public PacketReception? Reception { get; init; }

    /// <summary>Whether the class saves or restores packets, which a client endpoint refuses: it has callbacks of its own for EvtVmbChannelSavePacket or EvtVmbChannelRestorePacket.</summary>
    public bool SavesPackets { get; init; }
}
