using System.Buffers.Binary;
using Vmbus.Ring;

namespace Vmbus;

/// <summary>The library's part of a saved packet: where it was, and, of a packet that waits for room in the ring, its bytes.</summary>
internal readonly struct SavedPacket
{
    /// <summary>The length without the payload.</summary>
    public const int HeaderLength = 16;

    private const byte InRing = 0;
    private const byte Queued = 1;
    private const byte CompletionRequested = 1;

    /// <summary>Whether it waits for room in the ring; else it is in the ring, or was taken out by the other side, and waits for its completion.</summary>
    public bool IsQueued { get; private init; }

    public PacketType Type { get; private init; }

    /// <summary>Whether its completion is awaited.</summary>
    public bool IsCompletionRequested { get; private init; }

    public ulong TransactionId { get; private init; }

    public ReadOnlyMemory<byte> Payload { get; private init; }

    /// <summary>A packet that waits for its completion.</summary>
    public static SavedPacket Sent(ulong transactionId)
        => new() { Type = PacketType.DataInBand, IsCompletionRequested = true, TransactionId = transactionId };

    /// <summary>A packet that waits for room.</summary>
    public static SavedPacket Waiting(in WaitingSend waiting) => new()
    {
        IsQueued = true,
        Type = waiting.Type,
        IsCompletionRequested = waiting.IsCompletionRequested,
        TransactionId = waiting.TransactionId,
        Payload = waiting.PayloadMemory,
    };

    /// <summary>The length in bytes.</summary>
    public int Length => HeaderLength + Payload.Length;

    /// <summary>Writes the library's part.</summary>
    public void Write(Span<byte> destination)
    {
        destination[0] = IsQueued ? Queued : InRing;
        destination[1] = IsCompletionRequested ? CompletionRequested : (byte)0;
        BinaryPrimitives.WriteUInt16LittleEndian(destination[2..], (ushort)Type);
        BinaryPrimitives.WriteInt32LittleEndian(destination[4..], Payload.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], TransactionId);
        Payload.Span.CopyTo(destination[HeaderLength..]);
    }

    /// <summary>Reads and checks the library's part.</summary>
    /// <returns>What is wrong; <see langword="null"/> when nothing is.</returns>
    public static string? TryRead(ReadOnlyMemory<byte> bytes, int maximumPayload, out SavedPacket packet)
    {
        packet = default;
        ReadOnlySpan<byte> span = bytes.Span;
        if (span.Length < HeaderLength)
        {
            return $"its library part has {span.Length} bytes, and {HeaderLength} at the least";
        }

        PacketType type = (PacketType)BinaryPrimitives.ReadUInt16LittleEndian(span[2..]);
        int payloadLength = BinaryPrimitives.ReadInt32LittleEndian(span[4..]);
        if (payloadLength != span.Length - HeaderLength)
        {
            return $"its payload has {span.Length - HeaderLength} bytes and says {payloadLength}";
        }

        if (payloadLength > maximumPayload)
        {
            return $"its payload of {payloadLength} bytes is larger than MaximumPacketSize, {maximumPayload}";
        }

        if (span[0] > Queued || span[1] > CompletionRequested)
        {
            return $"its flags are {span[0]:X2} {span[1]:X2}, of which this version knows not all";
        }

        bool isQueued = span[0] == Queued;
        bool isCompletionRequested = span[1] == CompletionRequested;
        bool isPossible = isQueued
            ? type == PacketType.DataInBand || (type == PacketType.Completion && !isCompletionRequested)
            : type == PacketType.DataInBand && isCompletionRequested && payloadLength == 0;
        if (!isPossible)
        {
            return $"a packet of type {type} cannot {(isQueued ? "wait for room like that" : "wait for its completion like that")}";
        }

        packet = new SavedPacket
        {
            IsQueued = isQueued,
            Type = type,
            IsCompletionRequested = isCompletionRequested,
            TransactionId = BinaryPrimitives.ReadUInt64LittleEndian(span[8..]),
            Payload = bytes[HeaderLength..],
        };
        return null;
    }
}
