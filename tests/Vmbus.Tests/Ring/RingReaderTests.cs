using Vmbus.Ring;

namespace Vmbus.Tests.Ring;

public sealed class RingReaderTests
{
    [Fact]
    public void A_packet_tells_all_that_its_descriptor_says()
    {
        using var ring = new RingPair(startIndex: 64);
        ring.Writer.TryWrite(PacketType.DataUsingGpadl, PacketFlags.CompletionRequested, 0xFEDCBA9876543210, [1, 2, 3, 4, 5, 6, 7, 8], [9, 10]);
        ring.Writer.Publish();

        Assert.Equal(RingReadStatus.Success, ring.Reader.TryRead(out RingPacket packet));
        Assert.Equal(PacketType.DataUsingGpadl, packet.Type);
        Assert.Equal(PacketFlags.CompletionRequested, packet.Flags);
        Assert.True(packet.IsCompletionRequested);
        Assert.Equal(0xFEDCBA9876543210, packet.TransactionId);
        Assert.Equal(64, packet.StartIndex);
        Assert.Equal(8, packet.ExtendedHeaderLength);
        Assert.Equal(8, packet.PayloadLength);
        Assert.Equal(32, packet.PacketLength);
        Assert.Equal(40, packet.BytesConsumed);
        byte[] header = new byte[8];
        packet.CopyExtendedHeaderTo(header);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], header);
    }

    [Fact]
    public void A_whole_copy_has_the_checked_descriptor_whatever_the_peer_wrote_since()
    {
        using var ring = new RingPair();
        ring.Send(8, transactionId: 5);
        Assert.Equal(RingReadStatus.Success, ring.Reader.TryRead(out RingPacket packet));

        ring.Poke(2, 0xFFFF);
        ring.Poke(4, 0xFFFF);
        byte[] copy = new byte[packet.PacketLength];
        packet.CopyTo(copy);

        Assert.Equal(packet.Descriptor, PacketDescriptor.ReadFrom(copy));
        Assert.Equal(new PacketDescriptor(PacketType.DataInBand, 2, 3, PacketFlags.None, 5), packet.Descriptor);
        Assert.Equal(RingPair.Payload(8), copy[16..]);
    }

    [Theory]
    [InlineData(0u, true)]
    [InlineData(4056u, true)]
    [InlineData(4064u, false)]
    [InlineData(4072u, false)]
    [InlineData(4080u, true)]
    [InlineData(4088u, true)]
    public void The_payload_can_be_read_in_place(uint start, bool isContiguous)
    {
        using var ring = new RingPair(startIndex: start);
        byte[] payload = RingPair.Payload(24);
        ring.Send(24);
        Assert.Equal(RingReadStatus.Success, ring.Reader.TryRead(out RingPacket packet));

        packet.GetPayload(out ReadOnlySpan<byte> first, out ReadOnlySpan<byte> second);
        byte[] joined = [.. first, .. second];
        Assert.Equal(payload, joined);
        Assert.Equal(isContiguous, packet.TryGetContiguousPayload(out _));
        byte[] scratch = new byte[24];
        ReadOnlySpan<byte> whole = packet.GetContiguousPayload(scratch);
        Assert.Equal(payload, whole.ToArray());
        Assert.Equal(!isContiguous, whole.Overlaps(scratch));
        Assert.Equal(isContiguous, whole.Overlaps(ring.Memory.Data));
    }

    [Fact]
    public void A_destination_that_is_too_short_is_an_error_of_the_caller()
    {
        using var ring = new RingPair();
        ring.Send(16);
        Assert.Equal(RingReadStatus.Success, ring.Reader.TryRead(out RingPacket packet));

        try
        {
            packet.CopyPayloadTo(new byte[15]);
            Assert.Fail("The copy should have been refused.");
        }
        catch (ArgumentException e)
        {
            Assert.Contains("16 bytes are to be copied; the destination has 15", e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_default_packet_is_empty()
    {
        RingPacket packet = default;

        Assert.Equal(0, packet.PayloadLength);
        Assert.Equal(0, packet.ExtendedHeaderLength);
        Assert.Equal(0, packet.BytesConsumed);
        packet.CopyPayloadTo([]);
        packet.CopyTo([]);
        Assert.True(packet.TryGetContiguousPayload(out ReadOnlySpan<byte> payload));
        Assert.True(payload.IsEmpty);
    }

    [Fact]
    public void Reading_gives_no_room_back_before_it_is_published()
    {
        using var ring = new RingPair();
        ring.Send(8, 1);
        ring.Send(8, 2);

        Assert.Equal(1ul, ring.Read());
        Assert.Equal(2ul, ring.Read());
        Assert.True(ring.Reader.HasUnpublished);
        Assert.Equal(0u, ring.Memory.ControlPage.ReadIndex);

        ring.Reader.PublishRead();
        Assert.False(ring.Reader.HasUnpublished);
        Assert.Equal(64u, ring.Memory.ControlPage.ReadIndex);
    }

    [Fact]
    public void A_reader_can_go_back_to_what_is_not_published()
    {
        using var ring = new RingPair();
        ring.Send(8, 1);
        ring.Send(8, 2);
        ring.Send(8, 3);
        ring.Receive();

        Assert.Equal(2ul, ring.Read());
        Assert.Equal(3ul, ring.Read());
        ring.Reader.Rewind();

        Assert.Equal(64, ring.Reader.AvailableToRead);
        Assert.Equal(2ul, ring.Read());
        Assert.Equal(3ul, ring.Read());
        Assert.Equal(RingReadStatus.Empty, ring.Reader.TryRead(out _));
    }

    [Theory]
    [InlineData(PacketType.Invalid)]
    [InlineData((PacketType)14)]
    [InlineData((PacketType)0xFFFF)]
    public void Types_that_nobody_defined_are_a_matter_of_choice(PacketType type)
    {
        using var ring = new RingPair(checks: RingReadChecks.Strict & ~RingReadChecks.UnknownTypes);
        ring.Writer.TryWrite(type, PacketFlags.None, 0, default, default);
        ring.Writer.Publish();
        Assert.Equal(RingReadStatus.Success, ring.Reader.TryRead(out RingPacket packet));
        Assert.Equal(type, packet.Type);

        using var strict = new RingReader(ring.Memory, RingReadChecks.UnknownTypes);
        Assert.Equal(RingReadStatus.Corrupt, strict.TryRead(out _));
        Assert.Equal(new RingCorruption(RingField.PacketType, (ulong)type, 1, 13, "a type from 1 to 13", "the packet at 0"), strict.Corruption);
    }

    [Theory]
    [InlineData(PacketType.AddTransferPageSet, 8)]
    [InlineData(PacketType.RemoveTransferPageSet, 8)]
    [InlineData(PacketType.EstablishGpadl, 8)]
    [InlineData(PacketType.TeardownGpadl, 8)]
    [InlineData(PacketType.DataUsingTransferPages, 8)]
    [InlineData(PacketType.DataUsingGpadl, 8)]
    [InlineData(PacketType.DataUsingGpaDirect, 8)]
    [InlineData(PacketType.AdditionalData, 16)]
    public void An_extended_header_that_its_type_demands_must_be_there(PacketType type, int headerLength)
    {
        using var ring = new RingPair();
        ring.Writer.TryWrite(type, PacketFlags.None, 0, new byte[headerLength], new byte[32]);
        ring.Writer.TryWrite(type, PacketFlags.None, 0, new byte[headerLength - 8], new byte[32]);
        ring.Writer.Publish();

        Assert.Equal(RingReadStatus.Success, ring.Reader.TryRead(out _));
        Assert.Equal(RingReadStatus.Corrupt, ring.Reader.TryRead(out _));
        Assert.Equal(RingField.PacketOffset8, ring.Reader.Corruption!.Field);
        Assert.Equal((ulong)(16 + headerLength - 8) / 8, ring.Reader.Corruption.Value);

        using var lenient = new RingReader(ring.Memory, RingReadChecks.None);
        Assert.Equal(RingReadStatus.Success, lenient.TryRead(out _));
        Assert.Equal(RingReadStatus.Success, lenient.TryRead(out _));
    }

    [Fact]
    public void A_reader_refuses_packets_beyond_its_own_limit()
    {
        using var ring = new RingPair();
        ring.Send(16);
        ring.Send(24);
        using var reader = new RingReader(ring.Memory, maximumPacketLength: 32);

        Assert.Equal(RingReadStatus.Success, reader.TryRead(out _));
        Assert.Equal(RingReadStatus.Corrupt, reader.TryRead(out _));
        Assert.Contains("length8 of the packet at 40 is 5 (0x5); expected at most 4, the longest packet that this reader accepts", reader.Corruption!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disposed_reader_says_so_and_so_do_its_packets()
    {
        using var ring = new RingPair();
        ring.Send(8);
        Assert.Equal(RingReadStatus.Success, ring.Reader.TryRead(out RingPacket packet));
        ring.Reader.Dispose();

        Assert.Throws<ObjectDisposedException>(() => ring.Reader.TryRead(out _));
        Assert.Throws<ObjectDisposedException>(() => ring.Reader.PublishRead());
        Assert.Throws<ObjectDisposedException>(() => ring.Reader.PublishReadIndex());
        Assert.Throws<ObjectDisposedException>(() => ring.Reader.DecideSpaceSignal());
        Assert.Throws<ObjectDisposedException>(() => ring.Reader.MaskInterrupts());
        Assert.Throws<ObjectDisposedException>(() => ring.Reader.UnmaskInterrupts());
        Assert.Throws<ObjectDisposedException>(() => ring.Reader.AvailableToRead);
        ring.Reader.Rewind();
        Assert.Throws<ObjectDisposedException>(() => ring.Reader.TryRead(out _));
        bool threw = false;
        try
        {
            packet.CopyPayloadTo(new byte[8]);
        }
        catch (ObjectDisposedException)
        {
            threw = true;
        }

        Assert.True(threw);
        Assert.Equal(0u, ring.Memory.ControlPage.ReadIndex);
    }
}
