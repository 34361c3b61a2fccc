using System.Buffers.Binary;
using Vmbus.Ring;

namespace Vmbus.Tests.Ring;

public sealed class RingWriterTests
{
    [Theory]
    [InlineData(0u)]
    [InlineData(4056u)]
    [InlineData(4064u)]
    [InlineData(4072u)]
    [InlineData(4080u)]
    [InlineData(4088u)]
    public void A_packet_lies_in_the_ring_byte_for_byte_wherever_it_wraps(uint start)
    {
        using var ring = new RingPair(startIndex: start);
        ring.Memory.Data.Fill(0xCC);
        byte[] header = [1, 2, 3, 4, 5, 6, 7, 8];
        byte[] payload = RingPair.Payload(13);

        Assert.Equal(RingWriteStatus.Success, ring.Writer.TryWrite(PacketType.DataUsingGpadl, PacketFlags.CompletionRequested, 0x1122334455667788, header, payload));
        ring.Writer.Publish();

        byte[] expected = new byte[48];
        BinaryPrimitives.WriteUInt16LittleEndian(expected, 8);
        BinaryPrimitives.WriteUInt16LittleEndian(expected.AsSpan(2), 3);
        BinaryPrimitives.WriteUInt16LittleEndian(expected.AsSpan(4), 5);
        BinaryPrimitives.WriteUInt16LittleEndian(expected.AsSpan(6), 1);
        BinaryPrimitives.WriteUInt64LittleEndian(expected.AsSpan(8), 0x1122334455667788);
        header.CopyTo(expected, 16);
        payload.CopyTo(expected, 24);
        BinaryPrimitives.WriteUInt32LittleEndian(expected.AsSpan(44), start);
        byte[] actual = new byte[48];
        for (int i = 0; i < 48; i++)
        {
            actual[i] = ring.Memory.Data[(int)((start + (uint)i) % 4096)];
        }

        Assert.Equal(expected, actual);
        Assert.Equal(0xCC, ring.Memory.Data[(int)((start + 48) % 4096)]);
        Assert.Equal((start + 48) % 4096, ring.Memory.ControlPage.WriteIndex);
    }

    [Fact]
    public void Two_payload_parts_follow_each_other_without_a_gap()
    {
        using var ring = new RingPair(startIndex: 4072);
        ring.Memory.Data.Fill(0xCC);

        Assert.Equal(RingWriteStatus.Success, ring.Writer.TryWrite(PacketType.DataInBand, PacketFlags.None, 7, default, [1, 2, 3, 4, 5, 6, 7, 8, 9], [10, 11, 12]));
        ring.Writer.Publish();

        Assert.Equal(RingReadStatus.Success, ring.Reader.TryRead(out RingPacket packet));
        byte[] payload = new byte[packet.PayloadLength];
        packet.CopyPayloadTo(payload);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0, 0, 0, 0], payload);
    }

    [Fact]
    public void Nothing_is_visible_before_it_is_published()
    {
        using var ring = new RingPair();

        ring.Write(8);
        Assert.True(ring.Writer.HasUnpublished);
        Assert.Equal(0u, ring.Memory.ControlPage.WriteIndex);
        Assert.Equal(RingReadStatus.Empty, ring.Reader.TryRead(out _));

        ring.Writer.Publish();
        Assert.False(ring.Writer.HasUnpublished);
        Assert.Equal(32u, ring.Memory.ControlPage.WriteIndex);
    }

    [Fact]
    public void What_is_discarded_is_never_seen_and_its_room_is_free_again()
    {
        using var ring = new RingPair();
        ring.Send(8, 1);
        while (ring.Write(100, 2) == RingWriteStatus.Success)
        {
        }

        ring.Writer.DiscardUnpublished();
        Assert.Equal(4096 - 32, ring.Writer.AvailableToWrite);
        ring.Send(8, 3);

        Assert.Equal(1ul, ring.Read());
        Assert.Equal(3ul, ring.Read());
        Assert.Equal(RingReadStatus.Empty, ring.Reader.TryRead(out _));
    }

    [Theory]
    [InlineData(4096, 4096 - 32)]
    [InlineData(12288, 12288 - 32)]
    [InlineData(524288, 524288 - 32)]
    [InlineData(528384, 524280 - 16)]
    [InlineData(1 << 20, 524280 - 16)]
    public void The_largest_payload_fits_and_one_byte_more_never_does(int dataSize, int largest)
    {
        using var ring = new RingPair(dataSize);

        Assert.Equal(largest, ring.Writer.MaximumPayloadLength);
        Assert.Equal(RingWriteStatus.TooLarge, ring.Write(largest + 1));
        Assert.Equal(RingWriteStatus.Success, ring.Write(largest));
        ring.Writer.Publish();
        Assert.Equal(RingReadStatus.Success, ring.Reader.TryRead(out RingPacket packet));
        byte[] payload = new byte[largest];
        packet.CopyPayloadTo(payload);
        Assert.Equal(RingPair.Payload(largest), payload);
    }

    [Fact]
    public void The_length_field_bounds_a_packet_in_a_large_ring_even_when_its_header_takes_most_of_it()
    {
        using var ring = new RingPair(1 << 20);
        byte[] header = new byte[524280 - 16];

        Assert.Equal(0, ring.Writer.GetMaximumPayloadLength(header.Length));
        Assert.Equal(RingWriteStatus.TooLarge, ring.Writer.TryWrite(PacketType.DataUsingGpaDirect, PacketFlags.None, 0, header, [1]));
        Assert.Equal(RingWriteStatus.Success, ring.Writer.TryWrite(PacketType.DataUsingGpaDirect, PacketFlags.None, 0, header, default));
        ring.Writer.Publish();
        Assert.Equal(RingReadStatus.Success, ring.Reader.TryRead(out RingPacket packet));
        Assert.Equal(header.Length, packet.ExtendedHeaderLength);
        Assert.Equal(0, packet.PayloadLength);
    }

    [Fact]
    public void A_full_ring_refuses_and_writes_nothing()
    {
        using var ring = new RingPair();
        while (ring.Write(40) == RingWriteStatus.Success)
        {
        }

        ring.Writer.Publish();
        byte[] before = ring.Memory.ToArray();

        Assert.Equal(RingWriteStatus.Full, ring.Write(40));
        Assert.False(ring.Writer.Publish());
        Assert.Equal(before, ring.Memory.ToArray());

        ring.Receive();
        Assert.Equal(RingWriteStatus.Success, ring.Write(40));
    }

    [Fact]
    public void Exactly_as_many_free_bytes_as_the_packet_takes_are_not_enough()
    {
        using var ring = new RingPair();
        ring.Send(4096 - 24 - 8 - 56);
        Assert.Equal(64, ring.Writer.AvailableToWrite);

        Assert.Equal(RingWriteStatus.Full, ring.Write(40));
        Assert.Equal(RingWriteStatus.Success, ring.Write(32));
        ring.Writer.Publish();
        Assert.Equal(8, ring.Writer.AvailableToWrite);
        Assert.Equal(RingWriteStatus.Full, ring.Write(0));
    }

    [Fact]
    public void A_header_that_is_not_a_multiple_of_eight_is_an_error_of_the_caller()
    {
        using var ring = new RingPair();

        ArgumentException e = Assert.Throws<ArgumentException>(() => ring.Writer.TryWrite(PacketType.DataInBand, PacketFlags.None, 0, new byte[9], default));
        Assert.Contains("multiple of 8 bytes; 9 is none", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disposed_writer_says_so()
    {
        using var ring = new RingPair();
        ring.Write(8);
        ring.Writer.Dispose();

        Assert.Throws<ObjectDisposedException>(() => ring.Write(8));
        Assert.Throws<ObjectDisposedException>(() => ring.Writer.Publish());
        Assert.Throws<ObjectDisposedException>(() => ring.Writer.PreparePendingSend(32));
        Assert.Throws<ObjectDisposedException>(() => ring.Writer.ClearPendingSend());
        Assert.Throws<ObjectDisposedException>(() => ring.Writer.EnableFlowControl());
        Assert.Throws<ObjectDisposedException>(() => ring.Writer.AvailableToWrite);
        ring.Writer.DiscardUnpublished();
        Assert.Throws<ObjectDisposedException>(() => ring.Write(8));
        Assert.Equal(0u, ring.Memory.ControlPage.WriteIndex);
    }
}
