using System.Buffers.Binary;
using System.Collections.Concurrent;

namespace Vmbus.Tests.Channels;

public sealed class DeliveryTests
{
    [Fact]
    public void Packets_arrive_in_order_with_their_bytes_at_DISPATCH_LEVEL()
    {
        using ChannelPair pair = new();
        List<int> received = [];
        ConcurrentBag<Irql> levels = [];
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            levels.Add(KernelIrql.Current);
            received.Add(BinaryPrimitives.ReadInt32LittleEndian(buffer));
            packet.Complete();
        };
        pair.Open();
        Span<byte> payload = stackalloc byte[8];
        for (int i = 0; i < 5000; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(payload, i);
            Assert.Equal(NtStatus.Success, pair.Client.Send(payload));
        }

        pair.Await(() => pair.Server.Counters.PacketsCompleted == 5000, "all packets");
        Assert.Equal(Enumerable.Range(0, 5000), received);
        Assert.All(levels, level => Assert.Equal(Irql.Dispatch, level));
    }

    [Fact]
    public void A_completion_packet_brings_the_payload_back_to_its_request()
    {
        using ChannelPair pair = new();
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            Assert.True(packet.IsCompletionRequested);
            long sum = BinaryPrimitives.ReadInt64LittleEndian(buffer) + 1;
            packet.Complete(in sum);
        };
        pair.Open();
        ConcurrentDictionary<long, long> answers = new();
        for (long i = 0; i < 2000; i++)
        {
            VmbusPacket packet = pair.Client.AllocatePacket();
            packet.Context = i;
            packet.CompletionRoutine = (done, status, buffer) =>
            {
                Assert.Equal(NtStatus.Success, status);
                answers[(long)done.Context!] = BinaryPrimitives.ReadInt64LittleEndian(buffer);
                done.Dispose();
            };
            Assert.Equal(NtStatus.Success, packet.Send(BitConverter.GetBytes(i), VmbusSendFlags.WaitForCompletion));
        }

        pair.Await(() => answers.Count == 2000, "all answers");
        Assert.All(answers, answer => Assert.Equal(answer.Key + 1, answer.Value));
    }

    [Fact]
    public void A_pended_packet_keeps_its_bytes_and_is_completed_from_another_thread()
    {
        using ChannelPair pair = new();
        BlockingCollection<PendingPacket> pending = [];
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) => pending.Add(packet.Pend());
        pair.Open();
        int answered = 0;
        for (byte i = 0; i < 100; i++)
        {
            VmbusPacket packet = pair.Client.AllocatePacket();
            byte expected = i;
            packet.CompletionRoutine = (_, _, buffer) =>
            {
                Assert.Equal(expected, buffer[0]);
                Interlocked.Increment(ref answered);
            };
            packet.Send([i, 0, 0, 0, 0, 0, 0, 0], VmbusSendFlags.WaitForCompletion);
        }

        for (int i = 0; i < 100; i++)
        {
            PendingPacket packet = pending.TakeInTime();
            ReadOnlyMemory<byte> memory = packet.BufferMemory;
            Assert.Equal(i, packet.Buffer[0]);
            Assert.Equal(i, memory.Span[0]);
            packet.Complete(packet.Buffer);
            Assert.Throws<ObjectDisposedException>(() => memory.Span[0]);
            Assert.Throws<ObjectDisposedException>(() => packet.Buffer[0]);
            Assert.Throws<InvalidOperationException>(packet.Complete);
        }

        pair.Await(() => answered == 100, "all answers");
    }

    [Fact]
    public void Completing_twice_throws_and_never_touches_the_packet_that_took_the_place()
    {
        using ChannelPair pair = new();
        PendingPacket first = default;
        PendingPacket second = default;
        using SemaphoreSlim arrived = new(0);
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            if (buffer[0] == 1)
            {
                first = packet.Pend();
            }
            else
            {
                second = packet.Pend();
            }

            arrived.Release();
        };
        pair.Open();
        pair.Client.Send([1]);
        Assert.True(arrived.Wait(ChannelPair.Patience));
        PendingPacket copy = first;
        first.Complete();
        pair.Client.Send([2]);
        Assert.True(arrived.Wait(ChannelPair.Patience));
        Assert.Throws<InvalidOperationException>(copy.Complete);
        Assert.Throws<InvalidOperationException>(copy.Fail);
        Assert.NotEqual(copy, second);
        Assert.Single(pair.Server.GetOwedPackets());
        second.Complete();
        Assert.Empty(pair.Server.GetOwedPackets());
    }

    [Fact]
    public void A_deferred_packet_comes_again_at_PASSIVE_LEVEL_before_the_next_one()
    {
        using ChannelPair pair = new();
        ConcurrentQueue<(byte Type, Irql Level)> calls = new();
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            calls.Enqueue((buffer[0], KernelIrql.Current));
            if (buffer[0] % 3 == 0 && KernelIrql.Current == Irql.Dispatch)
            {
                packet.DeferToPassive();
                return;
            }

            packet.Complete();
        };
        pair.Open();
        for (byte i = 0; i < 60; i++)
        {
            pair.Client.Send([i]);
        }

        pair.Await(() => pair.Server.Counters.PacketsCompleted == 60, "all packets");
        List<(byte, Irql)> expected = [];
        for (byte i = 0; i < 60; i++)
        {
            expected.Add((i, Irql.Dispatch));
            if (i % 3 == 0)
            {
                expected.Add((i, Irql.Passive));
            }
        }

        Assert.Equal(expected, calls);
        Assert.Equal(20, pair.Server.Counters.PacketsDeferred);
    }

    [Fact]
    public void Deferring_at_PASSIVE_LEVEL_throws_and_the_packet_stays_owed()
    {
        using ChannelPair pair = new(server: options => options with { IncomingProcessingAtPassive = true });
        Exception? thrown = null;
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            Assert.Equal(Irql.Passive, KernelIrql.Current);
            try
            {
                packet.DeferToPassive();
            }
            catch (InvalidOperationException exception)
            {
                thrown = exception;
                packet.Complete();
            }
        };
        pair.Open();
        pair.Client.Send([1]);
        pair.Await(() => pair.Server.Counters.PacketsCompleted == 1, "the packet");
        Assert.Contains("PASSIVE_LEVEL", thrown!.Message, StringComparison.Ordinal);
    }

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

    [Fact]
    public void The_quota_bounds_what_is_delivered_and_not_completed()
    {
        using ChannelPair pair = new(server: options => options with { TransactionQuota = 3 });
        ConcurrentQueue<PendingPacket> pending = new();
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) => pending.Enqueue(packet.Pend());
        pair.Open();
        for (byte i = 0; i < 20; i++)
        {
            pair.Client.Send([i]);
        }

        for (byte i = 0; i < 20; i++)
        {
            int expected = Math.Min(i + 3, 20);
            pair.Await(() => pair.Server.Counters.PacketsDelivered == expected, $"packet {expected}");
            Thread.Sleep(2);
            Assert.Equal(expected, pair.Server.Counters.PacketsDelivered);
            Assert.True(pending.TryDequeue(out PendingPacket packet));
            Assert.Equal(i, packet.Buffer[0]);
            packet.Complete();
        }
    }

    [Fact]
    public void ProcessingComplete_counts_every_packet_once()
    {
        using ChannelPair pair = new();
        long counted = 0;
        pair.ServerCallbacks.OnProcessingComplete = (_, count) =>
        {
            Assert.NotEqual(0u, count);
            Interlocked.Add(ref counted, count);
        };
        pair.Open();
        for (int i = 0; i < 3000; i++)
        {
            pair.Client.Send([1]);
        }

        pair.Await(() => Interlocked.Read(ref counted) == 3000, "all packets to be counted");
    }

    [Fact]
    public async Task A_packet_that_its_handler_forgets_is_lost_and_named()
    {
        using ChannelPair pair = new();
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            if (buffer[0] != 7)
            {
                packet.Complete();
            }
        };
        pair.Open();
        for (byte i = 0; i < 10; i++)
        {
            pair.Client.Send([i], transactionId: i);
        }

        pair.Await(() => pair.Server.Counters.PacketsDelivered == 10, "all packets");
        pair.Await(() => pair.Server.GetOwedPackets().Count == 1, "the loss to be seen");
        OwedPacket owed = Assert.Single(pair.Server.GetOwedPackets());
        Assert.True(owed.IsLost);
        Assert.Equal(7ul, owed.TransactionId);
        Assert.Equal("OnPacket", owed.Handler);
        Assert.Equal(1, pair.Server.Counters.PacketsLost);
        Task disabled = pair.Server.DisableAsync();
        Thread.Sleep(20);
        Assert.False(disabled.IsCompleted);
        Assert.Equal(1, pair.Server.AbandonLostPackets());
        await disabled.WaitAsync(ChannelPair.Patience);
    }

    [Fact]
    public void A_full_ring_queues_packets_and_loses_none()
    {
        using ChannelPair pair = new(client: options => options with { OutgoingRingSize = 4096, IncomingRingSize = 4096 });
        using ManualResetEventSlim gate = new();
        List<int> received = [];
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            if (received.Count == 0)
            {
                gate.Wait(ChannelPair.Patience);
            }

            received.Add(BinaryPrimitives.ReadInt32LittleEndian(buffer));
            packet.Complete(buffer);
        };
        pair.Open();
        int answered = 0;
        byte[] payload = new byte[200];
        for (int i = 0; i < 500; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(payload, i);
            VmbusPacket packet = pair.Client.AllocatePacket();
            int expected = i;
            packet.CompletionRoutine = (done, status, buffer) =>
            {
                Assert.Equal(expected, BinaryPrimitives.ReadInt32LittleEndian(buffer));
                done.Dispose();
                Interlocked.Increment(ref answered);
            };
            Assert.Equal(NtStatus.Success, packet.Send(payload, VmbusSendFlags.WaitForCompletion));
        }

        Assert.Equal(NtStatus.BufferOverflow, pair.Client.TrySend(payload));
        gate.Set();
        pair.Await(() => answered == 500, "all answers");
        Assert.Equal(Enumerable.Range(0, 500), received);
        Assert.True(pair.Client.Counters.PacketsQueued > 0);
    }

    [Fact]
    public void In_place_reception_delivers_the_same_bytes()
    {
        using ChannelPair pair = new(server: options => options with { Reception = PacketReception.InPlace }, client: options => options with { OutgoingRingSize = 4096 });
        int wrong = 0;
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            foreach (byte value in buffer)
            {
                wrong += value == buffer[0] ? 0 : 1;
            }

            if (buffer[0] % 2 == 0)
            {
                packet.Complete();
                return;
            }

            byte expected = buffer[0];
            PendingPacket pending = packet.Pend();
            ThreadPool.QueueUserWorkItem(_ =>
            {
                if (pending.Buffer[0] != expected || pending.Buffer[^1] != expected)
                {
                    Interlocked.Increment(ref wrong);
                }

                pending.Complete();
            });
        };
        pair.Open();
        byte[] payload = new byte[104];
        for (int i = 0; i < 2000; i++)
        {
            Array.Fill(payload, (byte)i);
            pair.Client.Send(payload);
        }

        pair.Await(() => pair.Server.Counters.PacketsCompleted == 2000, "all packets");
        Assert.Equal(0, wrong);
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
    public void A_completion_payload_larger_than_the_maximum_throws_and_the_packet_stays_owed()
    {
        using ChannelPair pair = new(server: options => options with { MaximumPacketSize = 64 });
        Exception? thrown = null;
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            try
            {
                packet.Complete(new byte[65]);
            }
            catch (ArgumentException exception)
            {
                thrown = exception;
                packet.Complete(new byte[64]);
            }
        };
        pair.Open();
        pair.Client.Send([1]);
        pair.Await(() => pair.Server.Counters.PacketsCompleted == 1, "the packet");
        Assert.Contains("65 bytes", thrown!.Message, StringComparison.Ordinal);
        Assert.Equal(1, pair.Server.Counters.CompletionPayloadsDropped);
    }
}
