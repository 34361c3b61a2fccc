using System.Runtime.CompilerServices;

namespace Vmbus;

/// <summary>
/// The packets that wait in a channel's incoming ring, handed to <see cref="IChannelCallbacks.ProcessBatch"/> in one call. Each is delivered by
/// <see cref="MoveNext"/>, in ring order; what was delivered before must be completed, pended or deferred by then.
/// </summary>
public ref struct PacketBatch
{
    private readonly PacketSource? _source;
    private IncomingPacket? _packet;
    private long _generation;
    private ReadOnlySpan<byte> _buffer;
    private ProcessPacketFlags _flags;
    private bool _single;

    internal PacketBatch(VmbusChannel channel, PacketSource source)
    {
        Channel = channel;
        _source = source;
    }

    /// <summary>A batch of one packet that was delivered already.</summary>
    internal PacketBatch(VmbusChannel channel, PacketCompletion packet, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags)
    {
        Channel = channel;
        _packet = packet.Packet;
        _generation = packet.Generation;
        _buffer = buffer;
        _flags = flags;
        _single = true;
    }

    /// <summary>The channel on which the packets came.</summary>
    public VmbusChannel Channel { get; }

    /// <summary>
    /// The duty to complete the current packet. Where there is none, because <see cref="MoveNext"/> was not called or answered <see langword="false"/>, it is
    /// <see langword="default"/>, which throws on use.
    /// </summary>
    public readonly PacketCompletion Packet => _packet is { } packet ? new PacketCompletion(packet, _generation) : default;

    /// <summary>The bytes of the current packet. The span ends with the callback or with completion, whichever is first.</summary>
    public readonly ReadOnlySpan<byte> Buffer => _buffer;

    /// <summary>The flags of the current packet.</summary>
    public readonly ProcessPacketFlags Flags => _flags;

    /// <summary>Delivers the next packet.</summary>
    /// <returns>
    /// <see langword="false"/> when delivery pauses: the ring is empty, the quota is reached, a packet was failed, deferred or waits for external data, the
    /// channel is paused, or the budget of this wake-up is used.
    /// </returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MoveNext()
    {
        if (_source is { } source)
        {
            return source.MoveNext(ref this);
        }

        bool first = _single;
        _single = false;
        return first;
    }

    /// <summary>Makes a delivered packet the current one.</summary>
    internal void SetCurrent(IncomingPacket packet, long generation, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags)
    {
        _packet = packet;
        _generation = generation;
        _buffer = buffer;
        _flags = flags;
    }

    /// <summary>Leaves no packet current.</summary>
    internal void SetEnd()
    {
        _packet = null;
        _buffer = default;
        _flags = default;
    }
}
