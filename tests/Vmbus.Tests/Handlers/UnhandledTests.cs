using Vmbus.Tests.Channels;

namespace Vmbus.Tests.Handlers;

/// <summary>Packets that no handler takes, over a channel.</summary>
public sealed partial class UnhandledTests
{
    [Theory]
    [InlineData(new byte[] { 99, 0, 0, 0 })]
    [InlineData(new byte[0])]
    public void With_CompleteEmpty_it_is_completed_without_payload_and_the_queue_goes_on(byte[] request)
    {
        using ChannelPair pair = new();
        Lenient handlers = new();
        pair.Server.SetCallbacks(handlers);
        pair.Open();
        byte[] response = [1, 2, 3, 4, 5, 6, 7, 8];
        for (int i = 1; i <= 3; i++)
        {
            Assert.Equal(NtStatus.Success, pair.Client.SendSynchronousRequest(request, response, out int written, ChannelPair.Patience));
            Assert.Equal(0, written);
            Assert.Equal(NtStatus.Success, pair.Client.SendSynchronousRequest([1, 0, 0, 0, 9, 0, 0, 0], response, out written, ChannelPair.Patience));
            Assert.Equal((8, 10), (written, response[0]));
        }

        Assert.Equal(3, handlers.Count);
        Assert.Equal((6L, 0L), (pair.Server.Counters.PacketsCompleted, pair.Server.Counters.PacketsFailed));
        Assert.Null(pair.Server.Fault);
    }

    [Fact]
    public void With_CompleteEmpty_a_packet_too_short_for_its_handler_is_failed_all_the_same()
    {
        using ChannelPair pair = new(options => options with { IsPipe = true }, options => options with { IsPipe = true });
        Lenient handlers = new();
        pair.Server.SetCallbacks(handlers);
        pair.Open();
        Assert.Equal(NtStatus.Success, pair.Client.Send([1, 0, 0, 0, 9]));
        pair.Await(() => pair.Server.State == ChannelState.Stopped, "the server to stop");
        Assert.Equal((0, 1L), (handlers.Count, pair.Server.Counters.PacketsFailed));
    }

    [Fact]
    public void Else_the_queue_stops_with_the_reason()
    {
        using ChannelPair pair = new();
        pair.Server.SetCallbacks(new PlaceHandlers());
        pair.Open();
        Assert.Equal(NtStatus.Success, pair.Client.Send([99, 0, 0, 0]));
        pair.Await(() => pair.Server.State == ChannelState.Stopped, "the server to stop");
        Assert.Equal(NtStatus.DataError, Assert.IsType<VmbusException>(pair.Server.Fault).Status);
        Assert.Equal(1, pair.Server.Counters.PacketsFailed);
    }

    [ChannelCallbacks(Unhandled = UnhandledPacket.CompleteEmpty)]
    internal sealed partial class Lenient
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        [ProcessPacket(1)]
        private ulong OnAdd(in Sum sum)
        {
            Interlocked.Increment(ref _count);
            return sum.Value + 1;
        }

        internal readonly record struct Sum(uint Type, uint Value);
    }
}
