using Vmbus.Ring;

namespace Vmbus.Tests.Ring;

public sealed class RingSignalTests
{
    [Fact]
    public void Only_a_batch_that_finds_the_ring_empty_signals_and_only_once()
    {
        using var ring = new RingPair();

        ring.Write(8);
        ring.Write(8);
        Assert.True(ring.Writer.Publish());
        Assert.False(ring.Writer.Publish());
        Assert.False(ring.Send(8));

        ring.Read();
        ring.Read();
        ring.Read();
        Assert.False(ring.Send(8));
        ring.Reader.PublishRead();
        Assert.False(ring.Send(8));
        ring.Read();
        ring.Receive();
        Assert.True(ring.Send(8));
    }

    [Theory]
    [InlineData(1u)]
    [InlineData(2u)]
    [InlineData(0x80000000u)]
    public void Any_value_of_the_mask_but_zero_masks(uint mask)
    {
        using var ring = new RingPair();
        RingControlPage page = ring.Memory.ControlPage;
        page.InterruptMask = mask;

        Assert.False(ring.Send(8));
    }

    [Fact]
    public void Unmasking_finds_what_arrived_and_masks_again()
    {
        using var ring = new RingPair();
        ring.Reader.MaskInterrupts();
        Assert.Equal(1u, ring.Memory.ControlPage.InterruptMask);
        Assert.False(ring.Send(8));

        Assert.True(ring.Reader.UnmaskInterrupts());
        Assert.Equal(1u, ring.Memory.ControlPage.InterruptMask);

        ring.Receive();
        Assert.False(ring.Reader.UnmaskInterrupts());
        Assert.Equal(0u, ring.Memory.ControlPage.InterruptMask);
        Assert.True(ring.Send(8));
    }

    [Fact]
    public void Unmasking_with_an_unpublished_read_index_would_lose_the_wakeup_and_is_refused()
    {
        using var ring = new RingPair();
        ring.Send(8);
        ring.Read();

        Assert.Throws<InvalidOperationException>(() => ring.Reader.UnmaskInterrupts());
        ring.Reader.PublishRead();
        Assert.False(ring.Reader.UnmaskInterrupts());
    }

    [Theory]
    [InlineData(1, false, false)]
    [InlineData(16, true, false)]
    [InlineData(48, true, false)]
    [InlineData(63, true, false)]
    [InlineData(64, false, true)]
    [InlineData(96, false, true)]
    [InlineData(111, false, true)]
    [InlineData(112, false, false)]
    public void The_writer_is_signalled_when_the_room_exceeds_what_it_waits_for(int needed, bool afterFirst, bool afterSecond)
    {
        // 16 bytes free; each packet gives 48 back.
        using var ring = new RingPair();
        Fill(ring);

        RingControlPage page = ring.Memory.ControlPage;
        page.PendingSendSize = (uint)needed;
        Assert.Equal(afterFirst, ring.Receive());
        Assert.Equal(afterSecond, ring.Receive());
    }

    [Fact]
    public void A_request_is_withdrawn_when_there_is_room_by_now()
    {
        using var ring = new RingPair();
        Fill(ring);
        ring.Receive();
        ring.Receive();

        Assert.True(ring.Writer.PreparePendingSend(96));
        Assert.Equal(0u, ring.Memory.ControlPage.PendingSendSize);
        Assert.False(ring.Receive());
    }

    [Fact]
    public void A_request_that_is_cleared_signals_no_more()
    {
        using var ring = new RingPair();
        Fill(ring);
        Assert.False(ring.Writer.PreparePendingSend(40));
        ring.Writer.ClearPendingSend();

        Assert.Equal(0u, ring.Memory.ControlPage.PendingSendSize);
        Assert.False(ring.Receive());
    }

    [Fact]
    public void A_batch_of_reads_is_decided_about_once_whether_its_index_is_published_once_or_often()
    {
        using var once = new RingPair();
        Fill(once);
        Assert.False(once.Writer.PreparePendingSend(150));
        once.Read();
        once.Read();
        once.Read();
        once.Read();
        Assert.True(once.Reader.PublishRead());
        Assert.False(once.Reader.PublishRead());
        Assert.False(once.Receive());

        using var often = new RingPair();
        Fill(often);
        Assert.False(often.Writer.PreparePendingSend(150));
        for (int i = 0; i < 4; i++)
        {
            often.Read();
            often.Reader.PublishReadIndex();
        }

        Assert.Equal(4 * 48, often.Reader.UndecidedBytes);
        Assert.True(often.Reader.DecideSpaceSignal());
        Assert.Equal(0, often.Reader.UndecidedBytes);
        Assert.False(often.Reader.DecideSpaceSignal());

        using var mixed = new RingPair();
        Fill(mixed);
        Assert.False(mixed.Writer.PreparePendingSend(150));
        mixed.Read();
        mixed.Reader.PublishReadIndex();
        mixed.Read();
        mixed.Read();
        mixed.Read();
        Assert.True(mixed.Reader.PublishRead());
    }

    [Fact]
    public void Without_the_writers_feature_bit_nobody_signals_for_room_and_the_writer_may_not_wait()
    {
        using var ring = new RingPair(flowControl: false);
        Fill(ring);
        Assert.False(ring.Writer.UsesFlowControl);
        Assert.Throws<InvalidOperationException>(() => ring.Writer.PreparePendingSend(48));

        RingControlPage page = ring.Memory.ControlPage;
        page.PendingSendSize = 48;
        Assert.False(ring.Receive());
        Assert.False(ring.Receive());

        using var attached = new RingWriter(ring.Memory);
        Assert.False(attached.UsesFlowControl);
        attached.EnableFlowControl();
        Assert.True(attached.UsesFlowControl);
        Assert.Equal(1u, ring.Memory.ControlPage.FeatureBits);
        using var later = new RingWriter(ring.Memory);
        Assert.True(later.UsesFlowControl);
    }

    [Fact]
    public void The_interrupt_mask_does_not_matter_for_room()
    {
        using var ring = new RingPair();
        Fill(ring);
        ring.Reader.MaskInterrupts();
        Assert.False(ring.Writer.PreparePendingSend(40));

        Assert.True(ring.Receive());
    }

    [Fact]
    public void Waiting_for_room_that_can_never_be_or_with_packets_that_nobody_sees_is_refused()
    {
        using var ring = new RingPair();
        Assert.Throws<ArgumentOutOfRangeException>(() => ring.Writer.PreparePendingSend(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ring.Writer.PreparePendingSend(4096 - 7));
        Assert.True(ring.Writer.PreparePendingSend(4096 - 8));

        ring.Write(8);
        Assert.Throws<InvalidOperationException>(() => ring.Writer.PreparePendingSend(48));
        Assert.Equal(0u, ring.Memory.ControlPage.PendingSendSize);
    }

    /// <summary>Packets of 48 bytes until 16 are free.</summary>
    private static void Fill(RingPair ring)
    {
        while (ring.Write(24) == RingWriteStatus.Success)
        {
        }

        ring.Writer.Publish();
        Assert.Equal(16, ring.Writer.AvailableToWrite);
    }
}
