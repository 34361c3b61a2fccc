using System.Buffers.Binary;
using System.Collections.Concurrent;

namespace Vmbus.Tests.Channels;

public sealed class SendingTests
{
    [Fact]
    public void A_synchronous_request_brings_the_response()
    {
        using ChannelPair pair = Echo();
        Span<byte> response = stackalloc byte[16];
        for (long i = 0; i < 500; i++)
        {
            Assert.Equal(NtStatus.Success, pair.Client.SendSynchronousRequest(BitConverter.GetBytes(i), response, out int written, ChannelPair.Patience));
            Assert.Equal(8, written);
            Assert.Equal(i + 1, BinaryPrimitives.ReadInt64LittleEndian(response));
        }
    }

    [Fact]
    public void A_request_that_nobody_answers_times_out_and_a_late_answer_touches_nothing()
    {
        using ChannelPair pair = new();
        BlockingCollection<PendingPacket> pending = [];
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) => pending.Add(packet.Pend());
        pair.Open();
        byte[] response = new byte[8];
        Assert.Equal(NtStatus.Cancelled, pair.Client.SendSynchronousRequest([1], response, out int written, TimeSpan.FromMilliseconds(30)));
        Assert.Equal(0, written);
        pending.TakeInTime().Complete([7]);
        pair.Await(() => pair.Client.Counters.LateCompletions == 1, "the late completion");
        Assert.All(response, value => Assert.Equal(0, value));

        // The next request is not confused by it.
        Task answerer = Task.Run(() => pending.TakeInTime().Complete([9]));
        Assert.Equal(NtStatus.Success, pair.Client.SendSynchronousRequest([2], response, out written, ChannelPair.Patience));
        Assert.Equal((8, 9), (written, response[0]));
    }

    [Fact]
    public void A_response_longer_than_the_buffer_says_so()
    {
        using ChannelPair pair = new();
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) => packet.Complete([1, 2, 3, 4, 5, 6, 7, 8, 9]);
        pair.Open();
        byte[] response = new byte[5];
        Assert.Equal(NtStatus.BufferTooSmall, pair.Client.SendSynchronousRequest([1], response, out int written, ChannelPair.Patience));
        Assert.Equal([1, 2, 3, 4, 5], response);
        Assert.Equal(5, written);
        response = new byte[9];
        Assert.Equal(NtStatus.Success, pair.Client.SendSynchronousRequest([1], response, out written, ChannelPair.Patience));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9], response);
    }

    [Fact]
    public async Task Closing_ends_requests_with_DEVICE_REMOVED()
    {
        using ChannelPair pair = new();
        using SemaphoreSlim arrived = new(0);
        PendingPacket pending = default;
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            pending = packet.Pend();
            arrived.Release();
        };
        pair.Open();
        Task<RequestResult> request = pair.Client.SendRequestAsync(new byte[8], new byte[8]).AsTask();
        Assert.True(arrived.Wait(ChannelPair.Patience));
        Task closing = pair.Client.DisableAsync();
        pair.Await(() => request.IsCompleted, "the request to end");
        Assert.Equal(NtStatus.DeviceRemoved, (await request).Status);
        pending.Complete();
        pair.Await(() => closing.IsCompleted, "the client to close");
        Assert.Equal(NtStatus.DeviceRemoved, pair.Client.SendSynchronousRequest([1], new byte[8], out _, ChannelPair.Patience));
    }

    [Fact]
    public async Task Asynchronous_requests_overlap_and_are_cancelled()
    {
        using ChannelPair pair = new();
        ConcurrentQueue<PendingPacket> pending = new();
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) => pending.Enqueue(packet.Pend());
        pair.Open();
        byte[][] responses = [.. Enumerable.Range(0, 50).Select(_ => new byte[8])];
        Task<RequestResult>[] requests = [.. responses.Select((response, i) => pair.Client.SendRequestAsync(new[] { (byte)i }, response).AsTask())];
        using CancellationTokenSource source = new();
        Task<RequestResult> cancelled = pair.Client.SendRequestAsync(new byte[1], new byte[8], cancellationToken: source.Token).AsTask();
        pair.Await(() => pending.Count == 51, "all requests");
        await source.CancelAsync();
        Assert.Equal(NtStatus.Cancelled, (await cancelled.WaitAsync(ChannelPair.Patience)).Status);
        foreach (PendingPacket packet in pending.Reverse())
        {
            packet.Complete(packet.Buffer);
        }

        RequestResult[] results = await Task.WhenAll(requests).WaitAsync(ChannelPair.Patience);
        Assert.All(results, result => Assert.Equal(new RequestResult(NtStatus.Success, 8), result));
        for (int i = 0; i < 50; i++)
        {
            Assert.Equal(i, responses[i][0]);
        }
    }

    [Fact]
    public async Task SendAsync_waits_for_room_and_is_withdrawn_by_its_token()
    {
        using ManualResetEventSlim gate = new();
        using ChannelPair pair = new(client: options => options with { OutgoingRingSize = 4096 });
        int received = 0;
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            gate.Wait(ChannelPair.Patience);
            received++;
            packet.Complete();
        };
        pair.Open();
        byte[] payload = new byte[1000];
        List<Task<NtStatus>> sends = [];
        using CancellationTokenSource source = new();
        for (int i = 0; i < 20; i++)
        {
            sends.Add(pair.Client.SendAsync(payload, cancellationToken: i == 15 ? source.Token : default).AsTask());
        }

        Assert.True(sends[0].IsCompletedSuccessfully);
        Assert.False(sends[19].IsCompleted);
        await source.CancelAsync();
        Assert.Equal(NtStatus.Cancelled, await sends[15].WaitAsync(ChannelPair.Patience));
        gate.Set();
        NtStatus[] statuses = await Task.WhenAll(sends).WaitAsync(ChannelPair.Patience);
        Assert.Equal(19, statuses.Count(status => status == NtStatus.Success));
        pair.Await(() => received == 19, "what was not withdrawn");
    }

    [Fact]
    public void A_queued_packet_is_cancelled_and_told_once()
    {
        using ManualResetEventSlim gate = new();
        using ChannelPair pair = new(client: options => options with { OutgoingRingSize = 4096 });
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            gate.Wait(ChannelPair.Patience);
            packet.Complete();
        };
        pair.Open();
        ConcurrentQueue<NtStatus> ends = new();
        List<VmbusPacket> packets = [];
        for (int i = 0; i < 10; i++)
        {
            VmbusPacket packet = pair.Client.AllocatePacket();
            packet.CompletionRoutine = (_, status, _) => ends.Enqueue(status);
            Assert.Equal(NtStatus.Success, packet.Send(new byte[1000], i % 2 == 0 ? VmbusSendFlags.None : VmbusSendFlags.WaitForCompletion));
            packets.Add(packet);
        }

        Assert.True(packets[8].Cancel());
        Assert.True(packets[9].Cancel());
        Assert.False(packets[9].Cancel());
        gate.Set();
        pair.Await(() => ends.Count == 10, "all ends");
        Assert.Equal(2, ends.Count(status => status == NtStatus.Cancelled));
        Assert.Equal(8, ends.Count(status => status == NtStatus.Success));
    }

    [Fact]
    public void A_packet_is_sent_again_after_it_is_done_and_not_before()
    {
        using ManualResetEventSlim gate = new();
        using ChannelPair pair = new();
        using SemaphoreSlim done = new(0);
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            gate.Wait(ChannelPair.Patience);
            packet.Complete();
        };
        pair.Open();
        VmbusPacket packet = pair.Client.AllocatePacket();
        packet.CompletionRoutine = (_, _, _) => done.Release();
        packet.Send([1], VmbusSendFlags.WaitForCompletion);
        Assert.Throws<InvalidOperationException>(() => packet.Send([1]));
        Assert.Throws<InvalidOperationException>(packet.Dispose);
        gate.Set();
        for (int i = 0; i < 10; i++)
        {
            Assert.True(done.Wait(ChannelPair.Patience));
            Assert.Equal(NtStatus.Success, packet.Send([1], VmbusSendFlags.WaitForCompletion));
        }

        Assert.True(done.Wait(ChannelPair.Patience));
        packet.Dispose();
        packet.Dispose();
        Assert.Throws<InvalidOperationException>(() => packet.Send([1]));
    }

    [Fact]
    public void Forbidden_requests_are_refused_at_once()
    {
        using ChannelPair pair = Echo();
        Assert.Equal(NtStatus.InvalidDeviceRequest, pair.Server.SendSynchronousRequest([1], new byte[8], out _, ChannelPair.Patience));
        Assert.Equal(NtStatus.Success, pair.Server.SendSynchronousRequest([1], [], out _, TimeSpan.Zero));
        using (KernelIrql.Raise(Irql.Dispatch))
        {
            Assert.Throws<IrqlViolationException>(() => pair.Client.SendSynchronousRequest([1], new byte[8], out _, ChannelPair.Patience));
            Assert.Equal(NtStatus.Success, pair.Client.TrySend([1]));
            Assert.Throws<IrqlViolationException>(() => pair.Client.AllocatePacket().Send([1], VmbusSendFlags.PagedBuffer));
        }

        Assert.Equal(NtStatus.InvalidBufferSize, pair.Client.Send(new byte[VmbusChannelOptions.DefaultMaximumPacketSize + 1]));
        Assert.Equal(NtStatus.InvalidParameter, pair.Client.AllocatePacket().Send([1], (VmbusSendFlags)0x80));
    }

    [Fact]
    public void A_synchronous_request_is_refused_in_Started_and_works_in_PostStarted()
    {
        using ChannelPair pair = new();
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) => packet.Complete(buffer);
        Exception? inStarted = null;
        NtStatus inPostStarted = NtStatus.Pending;
        pair.ClientCallbacks.OnStarted = channel => inStarted = Record.Exception(() => channel.SendSynchronousRequest([1], new byte[8], out _, ChannelPair.Patience));
        pair.ClientCallbacks.OnPostStarted = channel => inPostStarted = channel.SendSynchronousRequest([5], new byte[8], out _, ChannelPair.Patience);
        pair.Open();
        pair.Await(() => inPostStarted != NtStatus.Pending, "the request in PostStarted");
        Assert.Equal(NtStatus.PossibleDeadlock, Assert.IsType<VmbusException>(inStarted).Status);
        Assert.Equal(NtStatus.Success, inPostStarted);
    }

    [Fact]
    public void A_pipe_channel_delivers_exact_lengths()
    {
        using ChannelPair pair = new(server: options => options with { IsPipe = true }, client: options => options with { IsPipe = true, OutgoingRingSize = 4096 });
        ConcurrentQueue<int> lengths = new();
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            foreach (byte value in buffer)
            {
                Assert.Equal((byte)buffer.Length, value);
            }

            lengths.Enqueue(buffer.Length);
            packet.Complete();
        };
        pair.Open();
        for (int length = 0; length < 300; length++)
        {
            byte[] payload = new byte[length];
            Array.Fill(payload, (byte)length);
            Assert.Equal(NtStatus.Success, pair.Client.Send(payload));
        }

        pair.Await(() => lengths.Count == 300, "all packets");
        Assert.Equal(Enumerable.Range(0, 300), lengths);
    }

    [Fact]
    public void The_client_context_is_zero_at_first_and_goes_with_the_packet()
    {
        using ChannelPair pair = new(server: options => options with { ClientContextSize = 16 });
        BlockingCollection<PendingPacket> pending = [];
        int dirty = 0;
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            dirty += packet.ClientContext.ContainsAnyExcept((byte)0) ? 1 : 0;
            packet.ClientContext[15] = buffer[0];
            pending.Add(packet.Pend());
        };
        pair.Open();
        for (byte i = 1; i < 50; i++)
        {
            pair.Client.Send([i]);
            PendingPacket packet = pending.TakeInTime();
            Assert.Equal(i, packet.ClientContext[15]);
            packet.Complete();
        }

        Assert.Equal(0, dirty);
    }

    [Fact]
    public void Settings_hold_at_any_time()
    {
        using ChannelPair pair = new();
        ConcurrentQueue<Irql> levels = new();
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            levels.Enqueue(KernelIrql.Current);
            packet.Complete();
        };
        Assert.Equal(NtStatus.InvalidDeviceState, Assert.Throws<VmbusException>(() => pair.Server.SetInterruptLatency(TimeSpan.Zero)).Status);
        pair.Open();
        pair.Client.Send([1]);
        pair.Await(() => levels.Count == 1, "the first packet");
        pair.Server.SetIncomingProcessingAtPassive(true);
        pair.Client.Send([1]);
        pair.Await(() => levels.Count == 2, "the second packet");
        pair.Server.SetIncomingProcessingAtPassive(false);
        pair.Client.Send([1]);
        pair.Await(() => levels.Count == 3, "the third packet");
        Assert.Equal([Irql.Dispatch, Irql.Passive, Irql.Dispatch], levels);

        Assert.Equal(TimeSpan.Zero, pair.Server.SetInterruptLatency(TimeSpan.FromMicroseconds(50)));
        Assert.Equal(TimeSpan.FromMicroseconds(50), pair.Server.SetInterruptLatency(TimeSpan.Zero));
        Assert.Equal(NtStatus.InvalidParameter2, Assert.Throws<VmbusException>(() => pair.Server.SetTransactionQuota(0)).Status);
        Assert.Equal(NtStatus.InvalidParameter2, Assert.Throws<VmbusException>(() => pair.Server.SetInterruptLatency(TimeSpan.FromTicks(-1))).Status);

        pair.Server.Context = levels;
        Assert.Same(levels, pair.Server.Context);
        Assert.Equal(pair.Server.Options.InterfaceInstance, pair.Server.InterfaceInstance);
        Assert.Same(pair.Client, pair.Client.AllocatePacket().Channel);
    }

    private static ChannelPair Echo()
    {
        ChannelPair pair = new();
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            long answer = buffer.Length >= 8 ? BinaryPrimitives.ReadInt64LittleEndian(buffer) + 1 : 0;
            packet.Complete(in answer);
        };
        return pair.Open();
    }
}
