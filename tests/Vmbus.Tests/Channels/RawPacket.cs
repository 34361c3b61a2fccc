using System.Buffers.Binary;
using Vmbus.Ring;

namespace Vmbus.Tests.Channels;

/// <summary>Puts into a ring, behind the library's back, what a hostile peer would put there.</summary>
internal static class RawPacket
{
    /// <summary>The bytes of a packet, footer included; numbers of the descriptor may be any.</summary>
    public static byte[] Bytes(ushort type, ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload, ushort flags = 0, ulong transactionId = 0, ushort? offset8 = null, ushort? length8 = null)
    {
        int length = (PacketDescriptor.Length + header.Length + payload.Length + 7) & ~7;
        byte[] bytes = new byte[length + 8];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, type);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2), offset8 ?? (ushort)((PacketDescriptor.Length + header.Length) / 8));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(4), length8 ?? (ushort)(length / 8));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(6), flags);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8), transactionId);
        header.CopyTo(bytes.AsSpan(PacketDescriptor.Length));
        payload.CopyTo(bytes.AsSpan(PacketDescriptor.Length + header.Length));
        return bytes;
    }

    /// <summary>Lets the client, which has sent nothing and never will, have sent packets to a server that is paused meanwhile.</summary>
    public static void FromClient(ChannelPair pair, params ReadOnlySpan<byte[]> packets)
    {
        pair.Server.Pause();
        Write(pair.Client.OutgoingRing!, packets);
        pair.Server.Start();
    }

    /// <summary>Lets the server, which has sent nothing and never will, have sent packets to a client that is paused meanwhile.</summary>
    public static void FromServer(ChannelPair pair, params ReadOnlySpan<byte[]> packets)
    {
        pair.Client.Pause();
        Write(pair.Server.OutgoingRing!, packets);
        pair.Client.Start();
    }

    private static void Write(RingMemory ring, ReadOnlySpan<byte[]> packets)
    {
        RingControlPage page = ring.ControlPage;
        int at = (int)page.WriteIndex;
        foreach (byte[] packet in packets)
        {
            packet.CopyTo(ring.Data[at..]);
            BinaryPrimitives.WriteUInt64LittleEndian(ring.Data[(at + packet.Length - 8)..], (ulong)at << 32);
            at += packet.Length;
        }

        page.WriteIndex = (uint)at;
    }
}
