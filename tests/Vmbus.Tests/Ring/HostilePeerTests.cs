using Vmbus.Ring;

namespace Vmbus.Tests.Ring;

/// <summary>Every single thing that a peer can get wrong in the control page or a descriptor, and what is said about it.</summary>
public sealed class HostilePeerTests
{
    [Theory]
    [InlineData(4096u, 0u, RingField.WriteIndex, 4096ul, "The write index is 4096 (0x1000); expected a multiple of 8 below the data size of 4096.")]
    [InlineData(4u, 0u, RingField.WriteIndex, 4ul, "The write index is 4 (0x4); expected a multiple of 8 below the data size of 4096.")]
    [InlineData(0xFFFFFFF8u, 0u, RingField.WriteIndex, 0xFFFFFFF8ul, "The write index is 4294967288 (0xFFFFFFF8); expected a multiple of 8 below the data size of 4096.")]
    [InlineData(0u, 4096u, RingField.ReadIndex, 4096ul, "The read index is 4096 (0x1000); expected a multiple of 8 below the data size of 4096.")]
    [InlineData(0u, 0x80000001u, RingField.ReadIndex, 0x80000001ul, "The read index is 2147483649 (0x80000001); expected a multiple of 8 below the data size of 4096.")]
    public void A_control_page_that_cannot_be_right_is_not_attached_to(uint write, uint read, RingField field, ulong value, string message)
    {
        using RingMemory memory = RingMemory.Allocate(4096);
        RingControlPage page = memory.ControlPage;
        page.WriteIndex = write;
        page.ReadIndex = read;

        foreach (Func<IDisposable> attach in (Func<IDisposable>[])[() => new RingWriter(memory), () => new RingReader(memory)])
        {
            RingCorruptException e = Assert.Throws<RingCorruptException>(attach);
            Assert.Equal(field, e.Corruption.Field);
            Assert.Equal(value, e.Corruption.Value);
            Assert.Equal((0ul, 4088ul), (e.Corruption.Minimum, e.Corruption.Maximum));
            Assert.Equal(message, e.Message);
        }
    }

    [Theory]
    [InlineData(4096u, "expected a multiple of 8 below the data size of 4096.")]
    [InlineData(100u, "expected a multiple of 8 below the data size of 4096.")]
    [InlineData(0xFFFFFFFFu, "expected a multiple of 8 below the data size of 4096.")]
    [InlineData(32u, "expected an index from 64, where it was, forward to the last one before the read index 32.")]
    [InlineData(40u, "expected an index from 64, where it was, forward to the last one before the read index 32.")]
    [InlineData(56u, "expected an index from 64, where it was, forward to the last one before the read index 32.")]
    [InlineData(72u, null)]
    [InlineData(4088u, null)]
    [InlineData(0u, null)]
    [InlineData(24u, null)]
    public void A_write_index_moves_forward_only_and_not_over_what_is_unread(uint value, string? expected)
    {
        using var ring = new RingPair();
        ring.Send(8);
        ring.Send(8);
        ring.Receive();
        ring.Read();
        RingControlPage page = ring.Memory.ControlPage;
        page.WriteIndex = value;

        RingReadStatus status = ring.Reader.TryRead(out _);

        // Where the index may be, the reader goes on and finds zeros where a descriptor should be.
        Assert.Equal(RingReadStatus.Corrupt, status);
        RingCorruption corruption = ring.Reader.Corruption!;
        if (expected is null)
        {
            Assert.Equal(value == 72 ? RingField.AvailableBytes : RingField.PacketOffset8, corruption.Field);
            return;
        }

        Assert.Equal(RingField.WriteIndex, corruption.Field);
        Assert.Equal(value, corruption.Value);
        Assert.Equal($"The write index is {value} (0x{value:X}); {expected}", corruption.Message);
        AssertDead(ring);
    }

    [Theory]
    [InlineData(4096u, "expected a multiple of 8 below the data size of 4096.")]
    [InlineData(33u, "expected a multiple of 8 below the data size of 4096.")]
    [InlineData(24u, "expected an index from 32, where it was, forward to the write index 96.")]
    [InlineData(0u, "expected an index from 32, where it was, forward to the write index 96.")]
    [InlineData(104u, "expected an index from 32, where it was, forward to the write index 96.")]
    [InlineData(4088u, "expected an index from 32, where it was, forward to the write index 96.")]
    [InlineData(32u, null)]
    [InlineData(64u, null)]
    [InlineData(96u, null)]
    public void A_read_index_moves_forward_only_and_not_past_what_was_written(uint value, string? expected)
    {
        using var ring = new RingPair();
        ring.Send(8);
        ring.Send(8);
        ring.Receive();
        Assert.Equal(4096 - 32, ring.Writer.AvailableToWrite);
        ring.Send(8);

        // Staged packets are not yet the reader's.
        ring.Write(8);
        RingControlPage page = ring.Memory.ControlPage;
        page.ReadIndex = value;

        // More than is free, whatever the reader took, so that its index is looked at.
        RingWriteStatus status = ring.Write(4040);
        if (expected is null)
        {
            Assert.Null(ring.Writer.Corruption);
            Assert.Equal(RingWriteStatus.Full, status);
            return;
        }

        Assert.Equal(RingWriteStatus.Corrupt, status);
        Assert.Equal(RingField.ReadIndex, ring.Writer.Corruption!.Field);
        Assert.Equal(value, ring.Writer.Corruption.Value);
        Assert.Equal($"The read index is {value} (0x{value:X}); {expected}", ring.Writer.Corruption.Message);

        // For good: nothing is staged, published or waited for any more, not even when the index is right again.
        page.ReadIndex = 32;
        Assert.Equal(RingWriteStatus.Corrupt, ring.Write(0));
        Assert.False(ring.Writer.HasUnpublished);
        Assert.False(ring.Writer.Publish());
        Assert.False(ring.Writer.PreparePendingSend(4088));
        Assert.Equal(8, ring.Writer.AvailableToWrite);
        Assert.Equal(96u, page.WriteIndex);
    }

    [Theory]
    [InlineData(4000u, "The read index is 4000 (0xFA0); expected an index from 0, where it was, forward to the write index 32.")]
    [InlineData(0xFFFFFFFFu, "The read index is 4294967295 (0xFFFFFFFF); expected a multiple of 8 below the data size of 4096.")]
    public void A_read_index_that_publication_comes_across_is_checked_too(uint value, string message)
    {
        using var ring = new RingPair();
        ring.Write(8);
        RingControlPage page = ring.Memory.ControlPage;
        page.ReadIndex = value;

        Assert.False(ring.Writer.Publish());
        Assert.Equal(message, ring.Writer.Corruption!.Message);
    }

    [Fact]
    public void A_write_index_that_the_decision_about_room_comes_across_is_checked_too()
    {
        using var ring = new RingPair();
        ring.Send(8);
        ring.Read();
        RingControlPage page = ring.Memory.ControlPage;
        page.PendingSendSize = 100;
        page.WriteIndex = 3;

        Assert.False(ring.Reader.PublishRead());
        Assert.Equal((RingField.WriteIndex, 3ul), (ring.Reader.Corruption!.Field, ring.Reader.Corruption.Value));
    }

    [Fact]
    public void A_write_index_that_unmasking_comes_across_is_left_to_the_next_read()
    {
        using var ring = new RingPair();
        RingControlPage page = ring.Memory.ControlPage;
        page.WriteIndex = 3;

        Assert.True(ring.Reader.UnmaskInterrupts());
        Assert.Equal(RingReadStatus.Corrupt, ring.Reader.TryRead(out _));
    }

    [Fact]
    public void A_writer_notices_when_its_own_index_was_changed()
    {
        using var publishing = new RingPair();
        publishing.Send(8);
        RingControlPage page = publishing.Memory.ControlPage;
        page.WriteIndex = 64;
        publishing.Write(8);
        Assert.False(publishing.Writer.Publish());
        Assert.Equal("The write index is 64 (0x40); expected 32, which this side stored and the reader must not change.", publishing.Writer.Corruption!.Message);

        using var full = new RingPair();
        full.Send(8);
        page = full.Memory.ControlPage;
        page.WriteIndex = 0;
        Assert.Equal(RingWriteStatus.Corrupt, full.Write(4000 + 56));
        Assert.Equal((RingField.WriteIndex, 0ul, 32ul), (full.Writer.Corruption!.Field, full.Writer.Corruption.Value, full.Writer.Corruption.Minimum));
    }

    [Fact]
    public void A_reader_notices_when_its_own_index_was_changed()
    {
        using var empty = new RingPair();
        empty.Send(8);
        empty.Receive();
        RingControlPage page = empty.Memory.ControlPage;
        page.ReadIndex = 0;
        Assert.Equal(RingReadStatus.Corrupt, empty.Reader.TryRead(out _));
        Assert.Equal("The read index is 0 (0x0); expected 32, which this side stored and the writer must not change.", empty.Reader.Corruption!.Message);

        using var publishing = new RingPair();
        publishing.Send(8);
        publishing.Read();
        page = publishing.Memory.ControlPage;
        page.ReadIndex = 8;
        Assert.False(publishing.Reader.PublishRead());
        Assert.Equal((RingField.ReadIndex, 8ul), (publishing.Reader.Corruption!.Field, publishing.Reader.Corruption.Value));
    }

    [Fact]
    public void A_reader_notices_when_its_mask_was_changed_if_it_is_to_look()
    {
        using var ring = new RingPair();
        Assert.False(ring.Reader.UnmaskInterrupts());
        RingControlPage page = ring.Memory.ControlPage;
        page.InterruptMask = 7;

        Assert.Equal(RingReadStatus.Corrupt, ring.Reader.TryRead(out _));
        Assert.Equal("The interrupt mask is 7 (0x7); expected 0, which this side stored and the writer must not change.", ring.Reader.Corruption!.Message);

        using var other = new RingPair(checks: RingReadChecks.Strict & ~RingReadChecks.InterruptMask);
        Assert.False(other.Reader.UnmaskInterrupts());
        page = other.Memory.ControlPage;
        page.InterruptMask = 7;
        Assert.Equal(RingReadStatus.Empty, other.Reader.TryRead(out _));
    }

    [Theory]
    [InlineData(8u)]
    [InlineData(16u)]
    public void Less_than_a_descriptor_and_a_footer_cannot_be_a_packet(uint available)
    {
        using var ring = new RingPair(startIndex: 4088);
        RingControlPage page = ring.Memory.ControlPage;
        page.WriteIndex = available - 8;

        Assert.Equal(RingReadStatus.Corrupt, ring.Reader.TryRead(out _));
        Assert.Equal($"The number of available bytes of the packet at 4088 is {available} (0x{available:X}); expected at least 24, a descriptor and a footer.", ring.Reader.Corruption!.Message);
    }

    [Theory]
    [InlineData(2, 0, RingField.PacketOffset8, "offset8 of the packet at 0 is 0 (0x0); expected at least 2, the descriptor itself.")]
    [InlineData(2, 1, RingField.PacketOffset8, "offset8 of the packet at 0 is 1 (0x1); expected at least 2, the descriptor itself.")]
    [InlineData(2, 4, RingField.PacketLength8, "length8 of the packet at 0 is 3 (0x3); expected at least its offset8, 4.")]
    [InlineData(2, 0xFFFF, RingField.PacketLength8, "length8 of the packet at 0 is 3 (0x3); expected at least its offset8, 65535.")]
    [InlineData(4, 0, RingField.PacketLength8, "length8 of the packet at 0 is 0 (0x0); expected at least its offset8, 2.")]
    [InlineData(4, 4, RingField.PacketLength8, "length8 of the packet at 0 is 4 (0x4); expected at most 3, with which the packet and its footer fill the 32 bytes that are available.")]
    [InlineData(4, 0xFFFF, RingField.PacketLength8, "length8 of the packet at 0 is 65535 (0xFFFF); expected at most 3, with which the packet and its footer fill the 32 bytes that are available.")]
    [InlineData(6, 2, RingField.PacketFlags, "flags of the packet at 0 is 2 (0x2); expected no flag other than 1, completion requested.")]
    [InlineData(6, 0xFFFF, RingField.PacketFlags, "flags of the packet at 0 is 65535 (0xFFFF); expected no flag other than 1, completion requested.")]
    [InlineData(0, 9, RingField.PacketOffset8, "offset8 of the packet at 0 is 2 (0x2); expected at least 3, which type 9 demands.")]
    [InlineData(0, 500, RingField.PacketType, "type of the packet at 0 is 500 (0x1F4); expected a type from 1 to 13.")]
    public void A_descriptor_is_checked_field_by_field(int offset, int value, RingField field, string message)
    {
        using var ring = new RingPair();
        ring.Send(8);
        ring.Poke(offset, (ushort)value);

        Assert.Equal(RingReadStatus.Corrupt, ring.Reader.TryRead(out RingPacket packet));
        Assert.Equal(0, packet.PacketLength);
        Assert.Equal(field, ring.Reader.Corruption!.Field);
        Assert.Equal("The " + message, ring.Reader.Corruption.Message);
        Assert.InRange(ring.Reader.Corruption.Minimum, 0ul, ring.Reader.Corruption.Maximum);
        AssertDead(ring);
    }

    [Fact]
    public void What_was_read_before_the_corruption_stays_readable()
    {
        using var ring = new RingPair();
        ring.Send(8, 1);
        ring.Send(8, 2);
        ring.Poke(32 + 2, 0);

        Assert.Equal(RingReadStatus.Success, ring.Reader.TryRead(out RingPacket packet));
        Assert.Equal(RingReadStatus.Corrupt, ring.Reader.TryRead(out _));
        byte[] payload = new byte[8];
        packet.CopyPayloadTo(payload);
        Assert.Equal(RingPair.Payload(8), payload);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(1u)]
    [InlineData(4096u)]
    [InlineData(0x7FFFFFFFu)]
    [InlineData(0xFFFFFFFFu)]
    public void Any_pending_size_and_feature_bits_are_only_compared(uint value)
    {
        using var ring = new RingPair();
        RingControlPage page = ring.Memory.ControlPage;
        page.FeatureBits = uint.MaxValue;
        page.PendingSendSize = value;
        ring.Send(8);

        Assert.False(ring.Receive());
        Assert.Null(ring.Reader.Corruption);
    }

    /// <summary>For good: nothing is read or given back any more.</summary>
    private static void AssertDead(RingPair ring)
    {
        RingCorruption? corruption = ring.Reader.Corruption;
        uint read = ring.Memory.ControlPage.ReadIndex;
        RingControlPage page = ring.Memory.ControlPage;
        page.WriteIndex = read;
        Assert.Equal(RingReadStatus.Corrupt, ring.Reader.TryRead(out _));
        Assert.False(ring.Reader.PublishRead());
        Assert.False(ring.Reader.HasUnpublished);
        Assert.True(ring.Reader.UnmaskInterrupts());
        Assert.Equal(0, ring.Reader.AvailableToRead);
        Assert.Equal(read, ring.Memory.ControlPage.ReadIndex);
        Assert.Same(corruption, ring.Reader.Corruption);
    }
}
