using Vmbus.Ring;

namespace Vmbus;

/// <summary>A packet that waits for room in the ring, with its own copy of the bytes.</summary>
internal readonly struct WaitingSend
{
    private readonly byte[] _bytes;
    private readonly int _headerLength;
    private readonly int _payloadLength;

    public WaitingSend(in OutgoingSend send)
    {
        Packet = send.Packet;
        Serial = send.Serial;
        Type = send.Type;
        Flags = send.Flags;
        TransactionId = send.TransactionId;
        _headerLength = send.Header.Length;
        _payloadLength = send.Payload.Length;
        _bytes = BacklogBuffers.Rent(_headerLength + _payloadLength);
        send.Header.CopyTo(_bytes);
        send.Payload.CopyTo(_bytes.AsSpan(_headerLength));
    }

    /// <summary>A packet that waited when its channel was saved.</summary>
    public WaitingSend(in SavedPacket saved, VmbusPacket? packet)
        : this(new OutgoingSend
        {
            Type = saved.Type,
            Flags = saved.IsCompletionRequested ? PacketFlags.CompletionRequested : PacketFlags.None,
            TransactionId = saved.TransactionId,
            Payload = saved.Payload.Span,
            Packet = packet,
            Serial = packet?.Serial ?? 0,
        })
    {
    }

    public VmbusPacket? Packet { get; }

    public long Serial { get; }

    public PacketType Type { get; }

    public PacketFlags Flags { get; }

    public ulong TransactionId { get; }

    public ReadOnlySpan<byte> Header => _bytes.AsSpan(0, _headerLength);

    public ReadOnlySpan<byte> Payload => _bytes.AsSpan(_headerLength, _payloadLength);

    /// <summary>The payload, as long as it waits.</summary>
    public ReadOnlyMemory<byte> PayloadMemory => _bytes.AsMemory(_headerLength, _payloadLength);

    public bool IsCompletionRequested => (Flags & PacketFlags.CompletionRequested) != 0;

    /// <summary>Whether the packet is done as soon as it is in the ring.</summary>
    public bool IsDoneInRing => Packet is not null && !IsCompletionRequested;

    /// <summary>The bytes that the packet takes in the ring.</summary>
    public int Footprint(bool isPipe)
        => (int)RingSpace.Footprint(_headerLength, _payloadLength + (isPipe && Type == PacketType.DataInBand ? PipeHeader.Length : 0));

    public void Return() => BacklogBuffers.Return(_bytes);
}
