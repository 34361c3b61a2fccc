using System.Buffers;
using System.Collections.Concurrent;
using Vmbus.Tests.Channels;

namespace Vmbus.Tests.Model;

/// <summary>What random walks have found, one by one.</summary>
public sealed class WalkFindingTests
{
    [Fact]
    public void A_client_that_waits_for_an_answer_is_not_open_yet()
    {
        using ChannelPair pair = new();
        pair.ServerCallbacks.OnPacket = (_, _, _, _) => { };
        pair.Open();

        // The server owes the lost packet, and takes the next opening up when it owes nothing any more.
        Assert.Equal(NtStatus.Success, pair.Client.Send([1]));
        pair.Await(() => pair.Server.Counters.PacketsLost == 1, "the packet to be lost");
        pair.Client.Disable();
        pair.Client.Enable();
        Assert.Equal(ChannelState.Enabled, pair.Client.State);
        Assert.Equal(NtStatus.InvalidDeviceState, Assert.Throws<VmbusException>(() => pair.Client.CreateGpadl(new byte[8])).Status);
        Assert.Equal(NtStatus.InvalidDeviceState, Assert.Throws<VmbusException>(() => pair.Client.SetInterruptLatency(TimeSpan.Zero)).Status);
        Assert.Equal(1, pair.Server.AbandonLostPackets());
        pair.Await(() => pair.Client.State == ChannelState.Active, "the opening");
        pair.Client.CreateGpadl(new byte[8]).Dispose();
    }

    [Fact]
    public void A_lost_packet_can_be_abandoned_as_soon_as_it_is_counted()
    {
        using ChannelPair pair = new();
        pair.ServerCallbacks.OnPacket = (_, _, _, _) => { };
        pair.Open();
        for (int i = 1; i <= 5_000; i++)
        {
            Assert.Equal(NtStatus.Success, pair.Client.Send([1]));
            Assert.True(SpinWait.SpinUntil(() => pair.Server.Counters.PacketsLost == i, ChannelPair.Patience));
            Assert.Equal(1, pair.Server.AbandonLostPackets());
        }
    }

    [Fact]
    public void A_paused_server_can_be_saved_at_the_moment_at_which_its_client_sends()
    {
        using ChannelPair pair = new();
        pair.Open();
        ArrayBufferWriter<byte> state = new();
        for (int i = 0; i < 500; i++)
        {
            pair.Server.Pause();

            // It wakes the processor of the server, which looks whether the queue runs.
            Assert.Equal(NtStatus.Success, pair.Client.Send([1]));
            Thread.SpinWait(i % 100 * 20);
            pair.Server.Save(state);
            state.ResetWrittenCount();
            pair.Server.Start();
            pair.Await(() => pair.Server.Counters.PacketsCompleted == i + 1, "the packet");
        }
    }

    [Fact]
    public void What_a_server_completes_as_soon_as_it_goes_on_after_a_save_is_completed()
    {
        // The lifecycle may be awake still and let the queue run at once; that the thread which starts it is held up meanwhile takes more threads than processors.
        ConcurrentQueue<string> lost = new();
        Thread[] threads = [.. Enumerable.Range(0, 16).Select(_ => new Thread(SaveAgainAndAgain))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.Empty(lost);

        void SaveAgainAndAgain()
        {
            using ChannelPair pair = new(options => options with { IncomingProcessingAtPassive = true });
            pair.ServerCallbacks.OnPacket = (_, packet, _, _) => packet.Complete([1]);
            pair.Open();
            ArrayBufferWriter<byte> state = new();
            byte[] response = new byte[8];
            for (int i = 0; i < 300 && lost.IsEmpty; i++)
            {
                pair.Server.Pause();
                ValueTask<RequestResult> request = pair.Client.SendRequestAsync(new byte[8], response);
                pair.Server.Save(state);
                state.ResetWrittenCount();
                pair.Server.Start();
                Task<RequestResult> answer = request.AsTask();
                if (!SpinWait.SpinUntil(() => answer.IsCompleted, ChannelPair.Patience))
                {
                    lost.Enqueue($"round {i}: {pair.Server.Counters}");
                }
            }
        }
    }

    [Fact]
    public void A_server_that_has_refused_a_client_can_be_saved()
    {
        using ChannelPair pair = new();
        pair.ServerCallbacks.OnOpened = _ => NtStatus.InsufficientResources;
        pair.Server.Enable();
        pair.Server.Pause();
        pair.Client.Enable();
        pair.Await(() => pair.Client.State == ChannelState.Disabled, "the refusal");
        ArrayBufferWriter<byte> state = new();
        pair.Server.Save(state);
        Assert.NotEqual(0, state.WrittenCount);
    }

    [Fact]
    public void What_waits_for_room_of_a_server_that_does_not_run_moves_when_its_client_has_read_up_to_the_quota()
    {
        for (int round = 0; round < 100; round++)
        {
            using ChannelPair pair = new(
                server: options => options with { IncomingRingSize = 4096, OutgoingRingSize = 4096 },
                client: options => options with { IncomingRingSize = 4096, OutgoingRingSize = 4096, TransactionQuota = 2, IncomingProcessingAtPassive = true });
            PendingPacket held = default;
            pair.ClientCallbacks.OnPacket = (_, packet, buffer, _) =>
            {
                if (buffer[0] == 0)
                {
                    packet.Complete();
                }
                else
                {
                    held = packet.Pend();
                }
            };
            pair.Client.Enable();
            pair.Server.Enable();
            pair.Await(() => pair.Client.State == ChannelState.Active, "the opening");
            pair.Client.Pause();
            byte[] large = new byte[1900];
            for (byte i = 0; i < 3; i++)
            {
                // The client's own ring is full, too: the completion of the first packet waits for room and counts against the quota.
                large[0] = i;
                Assert.Equal(NtStatus.Success, pair.Client.Send(large));
                VmbusPacket packet = pair.Server.AllocatePacket();
                Assert.Equal(NtStatus.Success, packet.Send(large, i < 2 ? VmbusSendFlags.WaitForCompletion : VmbusSendFlags.None));
            }

            pair.Client.Start();
            pair.Await(() => pair.Client.Counters.PacketsDelivered == 2, "two packets");
            pair.Await(() => pair.Server.Counters.PacketsSent == 3, "the third packet to find its room");
            pair.Await(() => pair.Server.TrySend(large) == NtStatus.Success, "room for a fourth");
            held.Complete();
        }
    }

    [Theory]
    [InlineData(PacketReception.Copied)]
    [InlineData(PacketReception.InPlace)]
    public void What_waits_for_room_of_a_paused_client_moves_when_its_server_has_read_up_to_the_quota(PacketReception reception)
    {
        for (int round = 0; round < 100; round++)
        {
            using ChannelPair pair = new(
                server: options => options with { IncomingRingSize = 4096, OutgoingRingSize = 4096, TransactionQuota = 2, Reception = reception },
                client: options => options with { IncomingRingSize = 4096, OutgoingRingSize = 4096, IncomingProcessingAtPassive = true, Reception = reception });
            pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
            {
                // The first one is lost.
                if (buffer[0] != 0)
                {
                    packet.Complete();
                }
            };
            pair.Server.Enable();
            pair.Client.Enable();
            pair.Await(() => pair.Client.State == ChannelState.Active, "the opening");
            pair.Client.Pause();
            byte[] large = new byte[1900];
            List<VmbusPacket> sent = [];
            for (byte i = 0; i < 3; i++)
            {
                // The server's own ring is full, too: the completion of the second packet waits for room and counts against the quota.
                large[0] = i;
                Assert.Equal(NtStatus.Success, pair.Server.Send(large));
                VmbusPacket packet = pair.Client.AllocatePacket();
                packet.SetExternalData(i == 0 ? default : new byte[16]);
                Assert.Equal(NtStatus.Success, packet.Send(large, VmbusSendFlags.WaitForCompletion));
                sent.Add(packet);
            }

            pair.Server.Start();
            pair.Await(() => pair.Client.Counters.PacketsSent == 3, "the third packet to find its room");
            Assert.Equal(2, pair.Server.Counters.PacketsDelivered);
            Assert.False(sent[2].Cancel(), "its external data is with the server");
            Assert.Equal(1, pair.Server.AbandonLostPackets());
        }
    }

    [Fact]
    public async Task A_stopped_endpoint_sends_nothing_of_what_was_waiting_for_room()
    {
        using ChannelPair pair = new(server: options => options with { OutgoingRingSize = 4096 }, client: options => options with { IncomingRingSize = 4096 });
        List<int> received = [];
        pair.ClientCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            received.Add(buffer[0]);
            packet.Complete();
        };
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) => packet.Fail();
        pair.Open();
        pair.Client.Pause();
        List<NtStatus> ends = [];
        for (byte i = 0; i < 4; i++)
        {
            byte[] payload = new byte[1900];
            payload[0] = i;
            VmbusPacket packet = pair.Server.AllocatePacket();
            packet.CompletionRoutine = (done, status, _) => ends.Add(status);
            Assert.Equal(NtStatus.Success, packet.Send(payload, i % 2 == 0 ? VmbusSendFlags.None : VmbusSendFlags.WaitForCompletion));
        }

        Assert.Equal(NtStatus.Success, pair.Client.Send([1]));
        await pair.Server.WhenStopped.WaitAsync(ChannelPair.Patience);
        pair.Await(() => ends.Count == 4, "the ends");
        Assert.Equal([NtStatus.Success, NtStatus.DeviceRemoved, NtStatus.DeviceRemoved, NtStatus.DeviceRemoved], ends.Order());

        // Room comes, and nothing moves into it.
        pair.Client.Start();
        pair.Await(() => received.Count == 2, "what was in the ring");
        await Task.Delay(20);
        Assert.Equal([0, 1], received);
    }

    [Fact]
    public async Task A_mapping_that_comes_while_the_server_closes_keeps_no_deletion_waiting()
    {
        for (int round = 0; round < 100; round++)
        {
            using ChannelPair pair = new ChannelPair().Open();
            Gpadl gpadl = pair.Client.CreateGpadl(new byte[8]);
            using Barrier start = new(2);
            Task mapping = Task.Run(() =>
            {
                start.SignalAndWait();
                for (int i = 0; i < 20; i++)
                {
                    if (pair.Server.MapGpadl(gpadl.Handle, GpadlFlags.None, out Gpadl? mapped) == NtStatus.Success && i % 2 == 0)
                    {
                        mapped!.Dispose();
                    }
                }
            });
            start.SignalAndWait();
            pair.Server.Disable();
            await mapping;
            await gpadl.DisposeAsync().AsTask().WaitAsync(ChannelPair.Patience);
        }
    }

    [Fact]
    public async Task A_deletion_over_shared_memory_ends_though_its_client_has_left()
    {
        using ChannelPair pair = new(kind: BusKind.SharedMemory);
        pair.Open();
        using GuestMemoryBlock block = ((SharedMemoryBus)pair.Client.Bus).AllocateGuestMemory(8);
        Gpadl gpadl = pair.Client.CreateGpadl(block.Memory);
        PendingPacket owed = default;
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) => owed = packet.Pend();
        Assert.Equal(NtStatus.Success, pair.Server.MapGpadl(gpadl.Handle, GpadlFlags.None, out Gpadl? mapped));
        Assert.Equal(NtStatus.Success, pair.Client.Send([1]));
        pair.Await(() => !owed.IsDefault, "the packet");
        Task deleted = gpadl.DisposeAsync().AsTask();
        pair.Client.Disable();

        // The server has it mapped until it closes, which it does when it owes nothing any more.
        await Task.Delay(20);
        Assert.False(deleted.IsCompleted);
        mapped!.CopyFrom([1]);
        owed.Complete();
        await deleted.WaitAsync(ChannelPair.Patience);
    }

    [Fact]
    public async Task A_GPADL_that_is_created_while_its_client_leaves_is_answered()
    {
        using ChannelPair pair = new(kind: BusKind.SharedMemory);
        using GuestMemoryBlock block = ((SharedMemoryBus)pair.Client.Bus).AllocateGuestMemory(8);
        pair.Server.Enable();
        pair.Server.Start();
        for (int round = 0; round < 100; round++)
        {
            pair.Client.Enable();
            pair.Await(() => pair.Client.State == ChannelState.Active, "the opening");
            using Barrier start = new(2);
            Task creating = Task.Run(() =>
            {
                start.SignalAndWait();
                while (Record.Exception(() => pair.Client.CreateGpadl(block.Memory)) is null)
                {
                }
            });
            start.SignalAndWait();
            pair.Client.Disable();
            await creating.WaitAsync(ChannelPair.Patience);
        }
    }
}
