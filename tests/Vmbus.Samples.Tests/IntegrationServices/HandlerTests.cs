using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;
using Vmbus.Samples.IntegrationServices.Guest;
using Vmbus.Samples.IntegrationServices.Messages;

namespace Vmbus.Samples.Tests.IntegrationServices;

/// <summary>Handlers on their own, each with one packet: no second endpoint, no thread.</summary>
public sealed class HandlerTests
{
    private static readonly IcVersion[] Framework = [new(3, 0), new(1, 0)];

    [Fact]
    public void The_structures_have_the_sizes_of_the_wire()
    {
        Assert.Equal(8, Unsafe.SizeOf<PipeHeader>());
        Assert.Equal(20, Unsafe.SizeOf<IcHeader>());
        Assert.Equal(28, IcMessage.HeadersLength);
        Assert.Equal(12, IcHeader.MessageTypeOffset);
        Assert.Equal(NegotiateRequest.Length, Unsafe.SizeOf<NegotiateRequest>());
        Assert.Equal(28 + 16, Unsafe.SizeOf<NegotiateResponse>());
        Assert.Equal(28 + 8, Unsafe.SizeOf<HeartbeatHead>());
        Assert.Equal(28 + 40, Unsafe.SizeOf<HeartbeatMessage>());
        Assert.Equal(28 + 2060, Unsafe.SizeOf<ShutdownMessage>());
        Assert.Equal(25, Unsafe.SizeOf<TimeSyncClassic>());
        Assert.Equal(19, Unsafe.SizeOf<TimeSyncReference>());
        Assert.Equal(56, Unsafe.SizeOf<TimeSyncMessage>());
    }

    [Fact]
    public void An_offer_is_answered_in_band_with_the_chosen_versions_and_completed()
    {
        using HeartbeatGuest guest = new(VmbusBus.CreateInProcess());
        TestPacket packet = TestPacket.Create(NegotiateRequest.Create(Framework, [new(2, 0), new(1, 0), new(3, 0)]), isCompletionRequested: false);

        packet.Deliver(guest);

        Assert.Equal(TestPacketOutcome.Completed, packet.Outcome);
        NegotiateResponse response = MemoryMarshal.Read<NegotiateResponse>(packet.Reply.Span);
        Assert.Equal(44, packet.Reply.Length);
        Assert.Equal(new PipeHeader(PipePacketType.Data, 36), response.Pipe);
        Assert.Equal(IcFlags.Transaction | IcFlags.Response, response.Ic.Flags);
        Assert.Equal(16, response.Ic.BodySize);
        Assert.Equal((1, 1), (response.FrameworkCount, response.MessageCount));
        Assert.Equal((new IcVersion(3, 0), new IcVersion(3, 0)), (response.Framework, response.Message));
    }

    [Fact]
    public void The_highest_common_version_is_chosen_from_any_offer()
    {
        IcVersion[] known = [new(4, 0), new(3, 0), new(1, 0)];
        Gen<IcVersion> version = from major in Gen.Choose(0, 5) from minor in Gen.Choose(0, 1) select new IcVersion((ushort)major, (ushort)minor);
        using TimeSyncGuest guest = new(VmbusBus.CreateInProcess(), new GuestClock(TimeProvider.System));

        Prop.ForAll(version.ArrayOf().Where(offer => offer.Length <= NegotiateRequest.MaximumCount).ToArbitrary(), offer =>
        {
            TestPacket packet = TestPacket.Create(NegotiateRequest.Create(Framework, offer));
            packet.Deliver(guest);
            NegotiateResponse response = MemoryMarshal.Read<NegotiateResponse>(packet.Reply.Span);
            IcVersion[] common = [.. known.Intersect(offer)];
            Assert.Equal(common.Length == 0 ? (0, default) : (1, common[0]), (response.MessageCount, response.Message));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(28, 101)]
    [InlineData(30, 4)]
    [InlineData(28, ushort.MaxValue)]
    public void An_offer_whose_counts_reach_beyond_it_has_no_common_version(int offset, ushort count)
    {
        using HeartbeatGuest guest = new(VmbusBus.CreateInProcess());
        byte[] offer = NegotiateRequest.Create(Framework, [new(3, 0)]);
        BinaryPrimitives.WriteUInt16LittleEndian(offer.AsSpan(offset), count);
        TestPacket packet = TestPacket.Create(offer);

        packet.Deliver(guest);

        Assert.Equal(TestPacketOutcome.Completed, packet.Outcome);
        Assert.Equal(0, MemoryMarshal.Read<NegotiateResponse>(packet.Reply.Span).MessageCount);
    }

    [Theory]
    [InlineData(4, 22, 16)]
    [InlineData(4, 24, 16)]
    [InlineData(3, 25, 24)]
    [InlineData(3, 28, 24)]
    public void A_time_with_a_body_of_any_size_in_use_sets_the_clock_and_is_echoed(ushort major, int bodyLength, int flagsOffset)
    {
        DateTimeOffset hostTime = new(2031, 5, 6, 7, 8, 9, TimeSpan.Zero);
        GuestClock clock = new(new FixedTime(hostTime.AddHours(-1)));
        using TimeSyncGuest guest = new(VmbusBus.CreateInProcess(), clock);
        byte[] body = new byte[bodyLength];
        BinaryPrimitives.WriteUInt64LittleEndian(body, (ulong)hostTime.ToFileTime());
        body[flagsOffset] = (byte)TimeSyncFlags.Sync;
        byte[] request = Requests.Create(IcMessageType.TimeSync, new IcVersion(major, 0), body);
        TestPacket packet = TestPacket.Create(request);

        packet.Deliver(guest);

        Assert.Equal(TimeSpan.FromHours(1), clock.Correction);
        Assert.Equal(request.Length, packet.Reply.Length);
        IcMessage answer = MemoryMarshal.Read<IcMessage>(packet.Reply.Span);
        Assert.Equal((uint)(IcHeader.Length + bodyLength), answer.Pipe.DataLength);
        Assert.Equal(IcStatus.Ok, answer.Ic.Status);
        Assert.Equal(body, packet.Reply.Span.Slice(IcMessage.HeadersLength, bodyLength).ToArray());
    }

    [Theory]
    [InlineData(4, 18)]
    [InlineData(3, 24)]
    public void A_time_whose_body_is_too_short_for_its_version_is_refused_whatever_the_padding(ushort major, int bodyLength)
    {
        GuestClock clock = new(TimeProvider.System);
        using TimeSyncGuest guest = new(VmbusBus.CreateInProcess(), clock);
        byte[] request = Requests.Create(IcMessageType.TimeSync, new IcVersion(major, 0), new byte[bodyLength]);
        Array.Resize(ref request, 56);
        request.AsSpan(IcMessage.HeadersLength + bodyLength).Fill(0xFF);
        TestPacket packet = TestPacket.Create(request);

        packet.Deliver(guest);

        Assert.Equal(IcStatus.InvalidArgument, MemoryMarshal.Read<IcMessage>(packet.Reply.Span).Ic.Status);
        Assert.Equal((0, 0), (clock.TimesSet, clock.Samples));
    }

    [Fact]
    public void A_heartbeat_without_its_number_is_failed()
    {
        using HeartbeatGuest guest = new(VmbusBus.CreateInProcess());
        TestPacket packet = TestPacket.Create(Requests.Create(IcMessageType.Heartbeat, new IcVersion(3, 0), []));

        packet.Deliver(guest);

        Assert.Equal(TestPacketOutcome.Failed, packet.Outcome);
    }

    [Fact]
    public void A_heartbeat_whose_pipe_header_excludes_its_number_is_failed_though_the_packet_is_long_enough()
    {
        using HeartbeatGuest guest = new(VmbusBus.CreateInProcess());
        byte[] request = Requests.Create(IcMessageType.Heartbeat, new IcVersion(3, 0), [1, 0, 0, 0]);
        Array.Resize(ref request, 40);
        TestPacket packet = TestPacket.Create(request);

        packet.Deliver(guest);

        Assert.Equal(TestPacketOutcome.Failed, packet.Outcome);
    }

    [Fact]
    public void The_forgetful_handler_leaves_its_packet_owed()
    {
        using ForgetfulHeartbeatGuest guest = new(VmbusBus.CreateInProcess(), forgotten: 5);
        byte[] request = Requests.Create(IcMessageType.Heartbeat, new IcVersion(3, 0), new byte[HeartbeatMessage.BodyLength]);
        TestPacket kept = TestPacket.Create(request, transactionId: 4);
        TestPacket forgotten = TestPacket.Create(request, transactionId: 5);

        kept.Deliver(guest);
        forgotten.Deliver(guest);

        Assert.Equal((TestPacketOutcome.Completed, TestPacketOutcome.None), (kept.Outcome, forgotten.Outcome));
    }

    [Fact]
    public void A_request_to_shut_down_comes_again_at_PASSIVE_LEVEL()
    {
        using ShutdownGuest guest = new(VmbusBus.CreateInProcess());
        TestPacket packet = TestPacket.Create(Requests.Shutdown(ShutdownFlags.None));

        using (KernelIrql.Raise(Irql.Dispatch))
        {
            packet.Deliver(guest);
        }

        Assert.Equal(TestPacketOutcome.Deferred, packet.Outcome);
    }

    [Theory]
    [InlineData(ShutdownFlags.None)]
    [InlineData(ShutdownFlags.Restart)]
    [InlineData((ShutdownFlags)6)]
    public void A_request_that_is_refused_is_completed_at_once(object flags)
    {
        using ShutdownGuest guest = new(VmbusBus.CreateInProcess());
        TestPacket packet = TestPacket.Create(Requests.Shutdown((ShutdownFlags)flags));

        packet.Deliver(guest);

        Assert.Equal(TestPacketOutcome.Completed, packet.Outcome);
        Assert.False(guest.Granted.IsCompleted);
    }

    [Fact]
    public async Task A_request_that_is_granted_is_pended_and_completed_when_it_is_answered()
    {
        using ShutdownGuest guest = new(VmbusBus.CreateInProcess());
        TestPacket packet = TestPacket.Create(Requests.Shutdown(ShutdownFlags.Force));

        packet.Deliver(guest);
        Assert.Equal(TestPacketOutcome.Pended, packet.Outcome);

        guest.Answer(await guest.Granted);
        Assert.Equal(TestPacketOutcome.Completed, packet.Outcome);
    }

    [Fact]
    public void A_message_of_unknown_type_is_completed_and_what_is_no_message_is_failed()
    {
        using HeartbeatGuest guest = new(VmbusBus.CreateInProcess());
        TestPacket unknown = TestPacket.Create(Requests.Create((IcMessageType)99, new IcVersion(1, 0), [1, 2, 3]));
        TestPacket nothing = TestPacket.Create(new byte[8]);

        unknown.Deliver(guest);
        nothing.Deliver(guest);

        Assert.Equal((TestPacketOutcome.Completed, TestPacketOutcome.Failed), (unknown.Outcome, nothing.Outcome));
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
