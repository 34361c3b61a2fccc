using System.Buffers.Binary;
using System.Collections.Concurrent;

namespace Vmbus.Tests.Channels;

/// <summary>What stops a channel by itself, what it says of the reason, and what does not stop it.</summary>
public sealed class StoppingTests
{
    [Fact]
    public void Failing_a_packet_stops_the_queue()
    {
        using ChannelPair pair = new();
        int delivered = 0;
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            delivered++;
            if (buffer[0] == 3)
            {
                packet.Fail();
            }
            else
            {
                packet.Complete();
            }
        };
        pair.Open();
        for (byte i = 0; i < 10; i++)
        {
            pair.Client.Send([i]);
        }

        pair.Await(() => pair.Server.State == ChannelState.Stopped, "the server to stop");
        Assert.Equal(4, delivered);
        Assert.Equal(NtStatus.DataError, Assert.IsType<VmbusException>(pair.Server.Fault).Status);
        Assert.Equal(ChannelState.Active, pair.Client.State);
    }

    [Fact]
    public async Task WhenStopped_tells_of_the_stop_and_its_reason_and_each_opening_has_its_own()
    {
        using ChannelPair pair = new();
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) => packet.Fail();
        Task<Exception> stopped = pair.Server.WhenStopped;
        pair.Open();
        Assert.Same(stopped, pair.Server.WhenStopped);
        Assert.False(stopped.IsCompleted);
        pair.Client.Send([1]);
        Exception reason = await stopped.WaitAsync(ChannelPair.Patience);
        Assert.Equal(ChannelState.Stopped, pair.Server.State);
        Assert.Same(reason, pair.Server.Fault);
        Assert.False(pair.Client.WhenStopped.IsCompleted);

        await pair.Client.DisableAsync().WaitAsync(ChannelPair.Patience);
        await pair.Server.DisableAsync().WaitAsync(ChannelPair.Patience);
        Assert.Same(stopped, pair.Server.WhenStopped);
        pair.ServerCallbacks.OnPacket = (_, _, _, _) => throw new InvalidOperationException("by intent");
        pair.Open();
        Task<Exception> again = pair.Server.WhenStopped;
        Assert.False(again.IsCompleted);
        pair.Client.Send([1]);
        Assert.Equal("by intent", (await again.WaitAsync(ChannelPair.Patience)).Message);
    }

    [Fact]
    public async Task WhenStopped_does_not_end_with_an_orderly_close()
    {
        using ChannelPair pair = new ChannelPair().Open();
        Task<Exception> stopped = pair.Server.WhenStopped;
        await pair.Client.DisableAsync().WaitAsync(ChannelPair.Patience);
        await pair.Server.DisableAsync().WaitAsync(ChannelPair.Patience);
        Assert.False(stopped.IsCompleted);
        pair.Open();
        Assert.Same(stopped, pair.Server.WhenStopped);
    }

    [Fact]
    public void A_packet_that_is_too_short_for_its_handler_stops_the_queue_with_that_reason()
    {
        using ChannelPair pair = new();
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) => Vmbus.CompilerServices.GeneratedDispatch.Malformed(packet);
        pair.Open();
        pair.Client.Send([1, 2, 3], transactionId: 77);

        pair.Await(() => pair.Server.State == ChannelState.Stopped, "the server to stop");
        string reason = Assert.IsType<VmbusException>(pair.Server.Fault).Message;
        Assert.Contains("Packet 77 of 8 bytes is too short for its handler OnPacket", reason, StringComparison.Ordinal);
        Assert.Equal(1, pair.Server.Counters.PacketsFailed);
    }

    [Fact]
    public void A_packet_larger_than_the_maximum_stops_the_channel_with_the_reason()
    {
        using ChannelPair pair = new(server: options => options with { MaximumPacketSize = 64 });
        pair.Open();
        pair.Client.Send(new byte[72]);
        pair.Await(() => pair.Server.State == ChannelState.Stopped, "the server to stop");
        Assert.Contains("72 bytes", pair.Server.Fault!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_that_throws_stops_and_closes_its_channel_with_the_reason()
    {
        using ChannelPair pair = new();
        Task closed = pair.Server.WhenClosed;
        pair.ServerCallbacks.OnPacket = (_, _, _, _) => throw new FormatException("no such message");
        pair.Open();
        pair.Client.Send([1]);
        await closed.WaitAsync(ChannelPair.Patience);
        Assert.IsType<FormatException>(pair.Server.Fault);
        pair.Await(() => pair.Server.State == ChannelState.Stopped && pair.Client.State == ChannelState.Disabled, "both to close");
        Assert.Equal(1, pair.Server.Counters.PacketsFailed);
        Assert.Equal(["Opened", "Started", "PostStarted", "Suspend", "Closed"], pair.ServerCallbacks.Log);
        Assert.Equal(["Opened", "Started", "PostStarted", "Suspend", "Closed"], pair.ClientCallbacks.Log);
    }

    [Fact]
    public void With_FailPacket_a_throwing_handler_completes_its_packet_with_the_status_and_the_queue_goes_on()
    {
        using ChannelPair pair = new(server: options => options with { HandlerException = HandlerExceptionPolicy.FailPacket });
        int reported = 0;
        pair.Server.HandlerExceptionReported += (_, args) =>
        {
            Assert.Equal("OnPacket", args.Handler);
            Interlocked.Increment(ref reported);
        };
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            if (buffer[0] == 1)
            {
                throw new FormatException();
            }

            packet.Complete();
        };
        pair.Open();
        ConcurrentQueue<uint> statuses = new();
        for (byte i = 0; i < 4; i++)
        {
            VmbusPacket packet = pair.Client.AllocatePacket();
            packet.CompletionRoutine = (_, _, buffer) => statuses.Enqueue(buffer.IsEmpty ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(buffer));
            packet.Send([i], VmbusSendFlags.WaitForCompletion);
        }

        pair.Await(() => statuses.Count == 4, "all completions");
        Assert.Equal([0u, 0xC0000001u, 0u, 0u], statuses);
        Assert.Equal(ChannelState.Active, pair.Server.State);
        Assert.Equal(1, reported);
    }
}
