using System.Collections.Concurrent;

namespace Vmbus.Tests.Channels;

public sealed class ExternalDataTests
{
    [Theory]
    [InlineData(ExternalDataMode.Present)]
    [InlineData(ExternalDataMode.PendingFirst)]
    public void The_server_reads_and_writes_the_memory_of_the_client(ExternalDataMode mode)
    {
        using ChannelPair pair = new(busOptions: new VmbusBusOptions { ExternalData = mode });
        int pendings = 0;
        ConcurrentQueue<string> wrong = new();
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, flags) =>
        {
            if (flags != ProcessPacketFlags.ExternalData)
            {
                wrong.Enqueue($"flags {flags}");
            }

            NtStatus status = packet.GetExternalData(ExternalDataFlags.None, out ExternalData data);
            if (status == NtStatus.Pending)
            {
                pendings++;
                return;
            }

            if (status != NtStatus.Success || data.Length != 10_000 || data.SegmentCount != 1)
            {
                wrong.Enqueue($"{status} {data.Length} {data.SegmentCount}");
            }

            foreach (ref byte value in data.Span)
            {
                value++;
            }

            packet.Complete();
        };
        pair.Open();
        byte[] memory = new byte[10_100];
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(NtStatus.Success, Request(pair, memory.AsMemory(50, 10_000)));
        }

        Assert.Empty(wrong);
        Assert.Equal(mode == ExternalDataMode.PendingFirst ? 100 : 0, pendings);
        Assert.All(memory[50..^50], value => Assert.Equal(100, value));
        Assert.All(memory[..50], value => Assert.Equal(0, value));
        Assert.All(memory[^50..], value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_chain_is_several_segments_and_copies_run_over_them()
    {
        using ChannelPair pair = new();
        byte[] read = new byte[9];
        int segments = 0;
        Exception? span = null;
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            packet.GetExternalData(ExternalDataFlags.None, out ExternalData data);
            segments = data.SegmentCount;
            data.CopyTo(read, 1);
            data.CopyFrom([9, 9, 9, 9], 2);
            ExternalData copy = data;
            span = Record.Exception(() => copy.Span.Length);
            packet.Complete();
        };
        pair.Open();
        byte[] first = [0, 1, 2];
        byte[] second = [3, 4, 5, 6];
        byte[] third = [7, 8, 9];
        VmbusPacket packet = pair.Client.AllocatePacket();
        packet.SetExternalData(first);
        packet.AppendExternalData(second);
        packet.AppendExternalData(third);
        using SemaphoreSlim done = new(0);
        packet.CompletionRoutine = (_, _, _) => done.Release();
        packet.Send([1], VmbusSendFlags.WaitForCompletion);
        Assert.True(done.Wait(ChannelPair.Patience));
        Assert.Equal(3, segments);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9], read);
        Assert.Equal([0, 1, 9, 9, 9, 9, 6, 7, 8, 9], [.. first, .. second, .. third]);
        Assert.IsType<InvalidOperationException>(span);
    }

    [Fact]
    public void Data_ends_with_completion_and_read_only_data_is_not_written()
    {
        using ChannelPair pair = new();
        ConcurrentQueue<Exception?> thrown = new();
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            Assert.Equal(NtStatus.Success, packet.GetExternalData(ExternalDataFlags.ReadOnly, out ExternalData data));
            Assert.True(data.IsReadOnly);
            thrown.Enqueue(Record.Exception(() => data.CopyFrom([1])));
            thrown.Enqueue(Record.Exception(() => data.GetSegment(0).Clear()));
            thrown.Enqueue(Record.Exception(() => data.CopyTo(new byte[5])));
            packet.Complete();
            thrown.Enqueue(Record.Exception(() => data.CopyTo(new byte[1])));
        };
        pair.Open();
        Assert.Equal(NtStatus.Success, Request(pair, new byte[4]));
        Assert.Equal(
            [typeof(InvalidOperationException), typeof(InvalidOperationException), typeof(ArgumentOutOfRangeException), typeof(ObjectDisposedException)],
            thrown.Select(exception => exception?.GetType()));
    }

    [Fact]
    public void Memory_that_its_sender_shares_for_reading_is_so_whatever_the_server_asks_for()
    {
        using ChannelPair pair = new();
        ConcurrentQueue<(bool IsReadOnly, Exception? Written)> seen = new();
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            packet.GetExternalData(ExternalDataFlags.None, out ExternalData data);
            seen.Enqueue((data.IsReadOnly, Record.Exception(() => data.CopyFrom([1]))));
            packet.Complete();
        };
        pair.Open();
        using SemaphoreSlim done = new(0);
        byte[] memory = new byte[8];
        VmbusPacket packet = pair.Client.AllocatePacket();
        packet.CompletionRoutine = (_, _, _) => done.Release();
        foreach (bool readOnly in new[] { true, false })
        {
            packet.SetExternalData(memory, readOnly);
            Assert.Equal(NtStatus.Success, packet.Send([1]));
            Assert.True(done.Wait(ChannelPair.Patience));
        }

        // One piece of several is enough: the data is one.
        packet.SetExternalData(memory);
        packet.AppendExternalData(memory, readOnly: true);
        Assert.Equal(NtStatus.Success, packet.Send([1]));
        Assert.True(done.Wait(ChannelPair.Patience));
        Assert.Equal([true, false, true], seen.Select(packet => packet.IsReadOnly));
        Assert.Equal([typeof(InvalidOperationException), null, typeof(InvalidOperationException)], seen.Select(packet => packet.Written?.GetType()));
        Assert.Equal([1, 0, 0, 0, 0, 0, 0, 0], memory);
    }

    [Fact]
    public void A_packet_without_external_data_has_none_to_give_in_its_callback_and_afterwards()
    {
        using ChannelPair pair = new(busOptions: new VmbusBusOptions { ExternalData = ExternalDataMode.PendingFirst });
        ConcurrentQueue<NtStatus> answers = new();
        pair.ServerCallbacks.OnPacket = (_, packet, _, flags) =>
        {
            Assert.Equal(ProcessPacketFlags.None, flags);
            answers.Enqueue(packet.GetExternalData(ExternalDataFlags.None, out ExternalData data));
            Assert.Equal(0, data.Length);
            PendingPacket pending = packet.Pend();
            answers.Enqueue(pending.GetExternalData(ExternalDataFlags.None, out _));
            pending.Complete();
        };
        pair.Open();
        Assert.Equal(NtStatus.Success, pair.Client.SendSynchronousRequest([1], [], out _, ChannelPair.Patience));
        Assert.Equal([NtStatus.InvalidParameter, NtStatus.InvalidParameter], answers);
        Assert.Null(pair.Server.Fault);
    }

    [Fact]
    public void A_pended_packet_keeps_its_data_until_it_is_completed()
    {
        using ChannelPair pair = new(busOptions: new VmbusBusOptions { ExternalData = ExternalDataMode.PendingFirst, PageInTime = TimeSpan.FromMilliseconds(5) });
        BlockingCollection<PendingPacket> pending = [];
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) => pending.Add(packet.Pend());
        pair.Open();
        byte[] memory = [1, 2, 3];
        VmbusPacket request = pair.Client.AllocatePacket();
        request.SetExternalData(memory);
        request.Send([1], VmbusSendFlags.WaitForCompletion);
        PendingPacket packet = pending.TakeInTime();
        using (KernelIrql.Raise(Irql.Dispatch))
        {
            Assert.Throws<IrqlViolationException>(() => packet.GetExternalData(ExternalDataFlags.None, out _));
        }

        Assert.Equal(NtStatus.Success, packet.GetExternalData(ExternalDataFlags.None, out ExternalData data));
        data.CopyFrom([7], 1);
        packet.Complete();
        Assert.Throws<ObjectDisposedException>(() => data.CopyFrom([8], 1));
        Assert.Equal([1, 7, 3], memory);
    }

    [Fact]
    public void Pages_that_the_guest_has_not_shared_are_refused()
    {
        using ChannelPair pair = new();
        NtStatus status = NtStatus.Success;
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            status = packet.GetExternalData(ExternalDataFlags.None, out _);
            packet.Complete();
        };
        pair.Open();
        VmbusPacket request = pair.Client.AllocatePacket();
        using SemaphoreSlim done = new(0);
        request.CompletionRoutine = (_, _, _) => done.Release();
        Assert.Equal(NtStatus.InvalidParameter, request.SendWithExternalPages([1], [1, 2], 0, 8192, VmbusSendFlags.None));
        Assert.Equal(NtStatus.InvalidParameter, request.SendWithExternalPages([1], [1, 2], 0, 8193, VmbusSendFlags.WaitForCompletion));
        Assert.Equal(NtStatus.Success, request.SendWithExternalPages([1], [1, ulong.MaxValue], 100, 5000, VmbusSendFlags.WaitForCompletion));
        Assert.True(done.Wait(ChannelPair.Patience));
        Assert.Equal(NtStatus.InvalidParameter, status);
        Assert.Equal(NtStatus.InvalidParameter, status);
    }

    [Fact]
    public void Limits_hold_on_both_sides()
    {
        using ChannelPair pair = new(server: options => options with { MaximumExternalData = 100 }, client: options => options with { MaximumExternalData = 200 });
        pair.Open();
        VmbusPacket request = pair.Client.AllocatePacket();
        request.SetExternalData(new byte[201]);
        Assert.Equal(NtStatus.InvalidBufferSize, request.Send([1]));
        request.SetExternalData(new byte[200]);
        Assert.Equal(NtStatus.Success, request.Send([1]));
        pair.Await(() => pair.Server.State == ChannelState.Stopped, "the server to stop");
        Assert.Contains("200 bytes of external data", pair.Server.Fault!.Message, StringComparison.Ordinal);
        VmbusPacket fromServer = pair.Server.AllocatePacket();
        fromServer.SetExternalData(new byte[1]);
        Assert.False(fromServer.Send([1]).IsSuccess());
    }

    [Fact]
    public async Task A_gpadl_is_mapped_once_at_a_time_and_its_deletion_waits()
    {
        using ChannelPair pair = new();
        Gpadl? created = null;
        byte[] memory = new byte[9000];
        pair.ClientCallbacks.OnOpened = channel =>
        {
            created = channel.CreateGpadl(memory);
            return NtStatus.Success;
        };
        pair.Open();
        Assert.Equal(NtStatus.InvalidParameter3, pair.Server.MapGpadl(created!.Handle + 1, GpadlFlags.None, out _));
        Assert.Equal(NtStatus.Success, pair.Server.MapGpadl(created.Handle, GpadlFlags.None, out Gpadl? mapped));
        Assert.Equal(NtStatus.InvalidDeviceState, pair.Server.MapGpadl(created.Handle, GpadlFlags.None, out _));
        Assert.Equal((9000L, 1), (mapped!.Length, mapped.SegmentCount));
        mapped.Span[8999] = 5;
        Assert.Equal(5, memory[8999]);
        Task deleted = created.DisposeAsync().AsTask();
        await Task.Delay(10);
        Assert.False(deleted.IsCompleted);
        mapped.Dispose();
        await deleted.WaitAsync(ChannelPair.Patience);
        Assert.Throws<ObjectDisposedException>(() => mapped.CopyTo(new byte[1]));
        Assert.Throws<ObjectDisposedException>(() => created.CopyTo(new byte[1]));
        Assert.Equal(NtStatus.InvalidParameter3, pair.Server.MapGpadl(created.Handle, GpadlFlags.None, out _));
        Assert.Equal(NtStatus.InvalidDeviceRequest, pair.Client.MapGpadl(1, GpadlFlags.None, out _));
        Assert.Equal(NtStatus.InvalidDeviceRequest, Assert.Throws<VmbusException>(() => pair.Server.CreateGpadl(memory)).Status);
    }

    [Fact]
    public void Gpadls_end_with_the_channel()
    {
        using ChannelPair pair = new();
        pair.Open();
        Gpadl created = pair.Client.CreateGpadl(new byte[100], GpadlFlags.ReadOnly);
        Assert.Equal(NtStatus.Success, pair.Server.MapGpadl(created.Handle, GpadlFlags.None, out Gpadl? mapped));
        Assert.True(mapped!.IsReadOnly);
        pair.Client.Disable();
        Assert.Throws<ObjectDisposedException>(() => created.CopyTo(new byte[1]));
        pair.Await(() => pair.Server.State == ChannelState.Closed, "the server to see the close");
        Assert.Throws<ObjectDisposedException>(() => mapped.CopyTo(new byte[1]));
        Assert.Equal(NtStatus.InvalidDeviceState, Assert.Throws<VmbusException>(() => pair.Client.CreateGpadl(new byte[1])).Status);
    }

    private static NtStatus Request(ChannelPair pair, Memory<byte> data)
    {
        using SemaphoreSlim done = new(0);
        NtStatus result = NtStatus.Pending;
        VmbusPacket packet = pair.Client.AllocatePacket();
        packet.SetExternalData(data);
        packet.CompletionRoutine = (finished, status, _) =>
        {
            result = status;
            finished.Dispose();
            done.Release();
        };
        Assert.Equal(NtStatus.Success, packet.Send([1, 2, 3]));
        Assert.True(done.Wait(ChannelPair.Patience));
        return result;
    }
}
