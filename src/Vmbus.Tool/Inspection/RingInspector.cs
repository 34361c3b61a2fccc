using Vmbus.Ring;

namespace Vmbus.Tool.Inspection;

/// <summary>Takes a snapshot of a ring without changing it. Nothing in the ring is trusted.</summary>
internal static class RingInspector
{
    /// <param name="file">The name for reports.</param>
    /// <param name="memory">A copy of the ring, which nobody changes.</param>
    public static RingSnapshot Inspect(string file, RingMemory memory)
    {
        RingControlPage page = memory.ControlPage;
        ControlPageSnapshot control = new(page.WriteIndex, page.ReadIndex, page.InterruptMask, page.PendingSendSize, page.FeatureBits, page.GuestToHostInterruptCount);
        RingReader reader;
        try
        {
            reader = new RingReader(memory, RingReadChecks.None);
        }
        catch (RingCorruptException e)
        {
            return new RingSnapshot(file, memory.DataSize, control, null, null, null, [], e.Message);
        }

        using (reader)
        using (RingWriter writer = new(memory))
        {
            int free = writer.AvailableToWrite;
            List<PacketSnapshot> packets = [];
            RingReadStatus status;
            while ((status = reader.TryRead(out RingPacket packet)) == RingReadStatus.Success)
            {
                packets.Add(Inspect(packets.Count, packet));
            }

            string? corruption = status == RingReadStatus.Corrupt ? reader.Corruption!.Message : null;
            return new RingSnapshot(file, memory.DataSize, control, memory.DataSize - free, free, writer.MaximumPayloadLength, packets, corruption);
        }
    }

    /// <summary>A packet, copied out before anything of it is looked at.</summary>
    public static PacketSnapshot Inspect(int number, RingPacket packet)
    {
        byte[] header = new byte[packet.ExtendedHeaderLength];
        packet.CopyExtendedHeaderTo(header);
        byte[] payload = new byte[packet.PayloadLength];
        packet.CopyPayloadTo(payload);
        return new PacketSnapshot(
            number,
            packet.StartIndex,
            packet.BytesConsumed,
            (int)packet.Type,
            Enum.IsDefined(packet.Type) ? packet.Type.ToString() : null,
            (int)packet.Flags,
            packet.IsCompletionRequested,
            $"0x{packet.TransactionId:x}",
            ExtendedHeaderText.Describe(packet.Type, header, payload.Length),
            Convert.ToHexStringLower(header),
            payload.Length,
            Convert.ToHexStringLower(payload));
    }
}
