using System.Buffers.Binary;
using System.Collections.Concurrent;
using Vmbus.Tests.Channels;

namespace Vmbus.Tests.SaveRestore;

/// <summary>What is under way when a server is saved arrives, and is completed, after it was restored.</summary>
public abstract class PacketsInFlightTests(BusKind kind)
{
    [Fact]
    public void The_completion_of_a_packet_finds_it_after_the_restore()
    {
        using SavedServer saved = new SavedServer(kind: kind).Open();
        saved.Send("first");
        saved.Send("second");
        PendingPacket[] owed = saved.TakeOwed(2);
        SavingCallbacks before = saved.Callbacks;
        saved.Move();

        // The old endpoint has given its packets back; the client has noticed nothing.
        Assert.Equal([("first", NtStatus.DeviceRemoved, -1), ("second", NtStatus.DeviceRemoved, -1)], before.Done.Order());
        Assert.Equal(ChannelState.Active, saved.Client.State);
        ulong[] ids = [.. owed.Select(packet => packet.TransactionId)];
        owed[1].Complete([22]);
        owed[0].Complete([11]);
        saved.Await(() => saved.Callbacks.Done.Count == 2, "both completions");
        Assert.Equal([("second", NtStatus.Success, 22), ("first", NtStatus.Success, 11)], saved.Callbacks.Done);
        Assert.Equal(0, saved.Server.Counters.UnexpectedCompletions);

        // What is sent from here on has an id of its own.
        saved.Send("third");
        PendingPacket third = saved.TakeOwed(1)[0];
        Assert.DoesNotContain(third.TransactionId, ids);
        third.Complete([33]);
        saved.Await(() => saved.Callbacks.Done.Count == 3, "the third completion");
        Assert.Equal(("third", NtStatus.Success, 33), saved.Callbacks.Done.Last());
    }

    [Fact]
    public void A_completion_that_came_while_the_server_was_away_is_waiting_in_the_ring()
    {
        using SavedServer saved = new SavedServer(kind: kind).Open();
        saved.Send("a");
        PendingPacket owed = saved.TakeOwed(1)[0];
        byte[] state = saved.Save();
        saved.Replace();
        owed.Complete([7]);
        Assert.Equal(NtStatus.Success, saved.Client.Send([9]));
        int received = 0;
        saved.Callbacks.OnPacket = (_, packet, buffer, _) =>
        {
            received += buffer[0];
            packet.Complete();
        };
        Assert.Equal(NtStatus.Success, saved.Server.RestoreFromBuffer(state));
        saved.Server.Enable();
        saved.Server.Start();
        saved.Await(() => saved.Callbacks.Done.Count == 1 && Volatile.Read(ref received) == 9, "the completion and the packet that came meanwhile");
        Assert.Equal(("a", NtStatus.Success, 7), saved.Callbacks.Done.Single());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_waits_for_room_is_sent_after_the_restore_in_order_and_once(bool isPipe)
    {
        using SavedServer saved = new SavedServer(4096, options => options with { IsPipe = isPipe }, kind);
        ConcurrentQueue<(int Number, int Length)> received = new();
        saved.ClientCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            received.Enqueue((BinaryPrimitives.ReadInt32LittleEndian(buffer), buffer.Length));
            packet.Complete(buffer[..1]);
        };
        saved.Open();
        saved.Client.Pause();
        for (int i = 0; i < 30; i++)
        {
            byte[] payload = new byte[301];
            payload[0] = (byte)i;
            switch (i % 3)
            {
                case 0:
                    saved.Send($"waits {i}", VmbusSendFlags.WaitForCompletion, payload);
                    break;
                case 1:
                    saved.Send($"told {i}", VmbusSendFlags.None, payload);
                    break;
                default:
                    Assert.Equal(NtStatus.Success, saved.Server.Send(payload));
                    break;
            }
        }

        int doneBefore = saved.Callbacks.Done.Count;
        Assert.InRange(doneBefore, 1, 9);
        saved.Move();
        saved.Client.Start();
        saved.Await(() => received.Count == 30 && saved.Callbacks.Done.Count == 20 - doneBefore, "all packets and completions");
        Assert.Equal(Enumerable.Range(0, 30).Select(i => (i, isPipe ? 301 : 304)), received);
        Assert.Equal(
            Enumerable.Range(0, 10).Select(i => ($"waits {i * 3}", NtStatus.Success, i * 3)),
            saved.Callbacks.Done.Where(done => done.Name.StartsWith("waits", StringComparison.Ordinal)));
        Assert.Equal(
            Enumerable.Range(doneBefore, 10 - doneBefore).Select(i => ($"told {1 + (i * 3)}", NtStatus.Success, -1)),
            saved.Callbacks.Done.Where(done => done.Name.StartsWith("told", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Completions_that_wait_for_room_reach_their_requests_after_the_restore()
    {
        using SavedServer saved = new SavedServer(4096, kind: kind);
        saved.Callbacks.OnPacket = (_, packet, buffer, _) =>
        {
            byte[] answer = new byte[500];
            answer[0] = buffer[0];
            packet.Complete(answer);
        };
        saved.Open();

        // The client's own queue must not read the answers while the server writes them: it is busy.
        using ManualResetEventSlim gate = new();
        using SemaphoreSlim isBusy = new(0);
        saved.ClientCallbacks.OnPacket = (_, packet, _, _) =>
        {
            isBusy.Release();
            gate.Wait(ChannelPair.Patience);
            packet.Complete();
        };
        Assert.Equal(NtStatus.Success, saved.Server.Send([0]));
        Assert.True(await isBusy.WaitAsync(ChannelPair.Patience));
        byte[][] responses = [.. Enumerable.Range(0, 20).Select(_ => new byte[504])];
        Task<RequestResult>[] requests = [.. responses.Select((response, i) => saved.Client.SendRequestAsync(new[] { (byte)(i + 1) }, response).AsTask())];
        saved.Await(() => saved.Server.Counters.PacketsDelivered == 20, "all requests");
        saved.Move();
        gate.Set();
        RequestResult[] results = await Task.WhenAll(requests).WaitAsync(ChannelPair.Patience);
        Assert.All(results, result => Assert.Equal(new RequestResult(NtStatus.Success, 504), result));
        Assert.Equal(Enumerable.Range(1, 20), responses.Select(response => (int)response[0]));
    }

    [Fact]
    public async Task A_request_that_somebody_awaits_ends_and_its_late_completion_is_known()
    {
        using SavedServer saved = new SavedServer(kind: kind).Open();
        Task<RequestResult> request = saved.Server.SendRequestAsync(new byte[1], new byte[8]).AsTask();
        VmbusPacket cancelled = saved.Send("cancelled");
        PendingPacket[] owed = saved.TakeOwed(2);
        Assert.True(cancelled.Cancel());
        saved.Move();
        Assert.Equal(NtStatus.DeviceRemoved, (await request.WaitAsync(ChannelPair.Patience)).Status);
        foreach (PendingPacket packet in owed)
        {
            packet.Complete([1]);
        }

        saved.Await(() => saved.Server.Counters.LateCompletions == 2, "the late completions");
        Assert.Equal(0, saved.Server.Counters.UnexpectedCompletions);
        Assert.Empty(saved.Callbacks.Done);
    }

    [Fact]
    public void A_server_is_saved_again_and_again()
    {
        using SavedServer saved = new SavedServer(kind: kind).Open();
        List<PendingPacket> owed = [];
        for (int i = 0; i < 8; i++)
        {
            saved.Send($"packet {i}");
            owed.AddRange(saved.TakeOwed(1));
            saved.Move();
        }

        foreach (PendingPacket packet in owed)
        {
            packet.Complete([5]);
        }

        saved.Await(() => saved.Callbacks.Done.Count == 8, "all completions");
        Assert.Equal(Enumerable.Range(0, 8).Select(i => ($"packet {i}", NtStatus.Success, 5)), saved.Callbacks.Done);
    }

    [Fact]
    public void A_packet_without_state_of_the_drivers_is_restored_by_the_default_callbacks()
    {
        using ChannelPair pair = new ChannelPair(kind: kind).Open();
        ConcurrentQueue<PendingPacket> pending = new();
        pair.ClientCallbacks.OnPacket = (_, packet, _, _) => pending.Enqueue(packet.Pend());
        VmbusPacket packet = pair.Server.AllocatePacket();
        Assert.Equal(NtStatus.Success, packet.Send([1], VmbusSendFlags.WaitForCompletion));
        pair.Await(() => pending.Count == 1, "the packet");
        pair.Server.Pause();
        System.Buffers.ArrayBufferWriter<byte> state = new();
        pair.Server.Save(state);
        pair.Server.Disable();

        // The same endpoint goes on.
        Assert.Equal(NtStatus.Success, pair.Server.RestoreFromBuffer(state.WrittenSpan));
        pair.Server.Enable();
        pair.Server.Start();
        pending.Single().Complete([1]);
        pair.Await(() => pair.Server.State == ChannelState.Active && pair.Client.GetOwedPackets().Count == 0, "the completion");
        Assert.Equal(NtStatus.Success, pair.Client.SendSynchronousRequest([1], new byte[8], out _, ChannelPair.Patience));
        Assert.Equal((0, 0), (pair.Server.Counters.UnexpectedCompletions, pair.Server.Counters.LateCompletions));
    }
}
