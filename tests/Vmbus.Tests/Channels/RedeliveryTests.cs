using System.Buffers;
using System.Collections.Concurrent;

namespace Vmbus.Tests.Channels;

/// <summary>Packets that come again, at PASSIVE_LEVEL or when their external data is there: what of them stays, and what happens to the channel meanwhile.</summary>
public sealed class RedeliveryTests
{
    [Theory]
    [InlineData(PacketReception.Copied)]
    [InlineData(PacketReception.InPlace)]
    public void A_packet_that_comes_again_has_the_bytes_the_context_and_the_id_that_it_had(PacketReception reception)
    {
        const int Count = 200;
        using ChannelPair pair = new(
            options => options with { Reception = reception, ClientContextSize = 8 },
            options => options with { OutgoingRingSize = 4096 },
            new VmbusBusOptions { ExternalData = ExternalDataMode.PendingFirst });
        ConcurrentQueue<string> wrong = new();
        ConcurrentQueue<string> visits = new();
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, flags) =>
        {
            byte number = buffer[0];
            byte visit = ++packet.ClientContext[0];
            ulong firstId = visit == 1 ? packet.TransactionId : BitConverter.ToUInt64([.. packet.ClientContext[1..], 0]);
            BitConverter.GetBytes(packet.TransactionId).AsSpan(0, 7).CopyTo(packet.ClientContext[1..]);
            if (buffer.Length != 304 || buffer.ContainsAnyExcept(number) || firstId != packet.TransactionId || flags != ProcessPacketFlags.ExternalData || !packet.Buffer.SequenceEqual(buffer))
            {
                wrong.Enqueue($"packet {number}, visit {visit}: {buffer.Length} bytes, {flags}, id {packet.TransactionId} after {firstId}");
            }

            NtStatus status = packet.GetExternalData(ExternalDataFlags.None, out ExternalData data);
            if (status == NtStatus.Pending)
            {
                return;
            }

            if (KernelIrql.Current == Irql.Dispatch)
            {
                packet.DeferToPassive();
                return;
            }

            Span<byte> first = stackalloc byte[1];
            data.CopyTo(first);
            visits.Enqueue($"{number} {visit} {first[0]}");
            packet.Complete();
        };
        pair.Open();
        int done = 0;
        for (int i = 0; i < Count; i++)
        {
            byte[] payload = new byte[304];
            Array.Fill(payload, (byte)i);
            VmbusPacket packet = pair.Client.AllocatePacket();
            packet.SetExternalData(new[] { (byte)(i + 1) });
            packet.CompletionRoutine = (sent, _, _) =>
            {
                sent.Dispose();
                Interlocked.Increment(ref done);
            };
            Assert.Equal(NtStatus.Success, packet.Send(payload));
        }

        pair.Await(() => Volatile.Read(ref done) == Count, "all packets");
        Assert.Empty(wrong);

        // Each came three times: without its data, with it at DISPATCH_LEVEL, and at PASSIVE_LEVEL.
        Assert.Equal(Enumerable.Range(0, Count).Select(i => $"{(byte)i} 3 {(byte)(i + 1)}"), visits);
    }

    [Fact]
    public async Task A_Pause_while_external_data_is_awaited_ends_at_once_and_the_packet_comes_again_after_Start()
    {
        HeldTimers pages = new();
        using ChannelPair pair = new(busOptions: new VmbusBusOptions { ExternalData = ExternalDataMode.PendingFirst, PageInTime = TimeSpan.FromMinutes(1), TimeProvider = pages });
        ConcurrentQueue<NtStatus> answers = new();
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            NtStatus status = packet.GetExternalData(ExternalDataFlags.None, out _);
            answers.Enqueue(status);
            if (status == NtStatus.Success)
            {
                packet.Complete();
            }
        };
        pair.Open();
        VmbusPacket packet = pair.Client.AllocatePacket();
        packet.SetExternalData(new byte[10]);
        Assert.Equal(NtStatus.Success, packet.Send([1]));
        pair.Await(() => answers.Count == 1, "the first callback");
        await pair.Server.PauseAsync().WaitAsync(ChannelPair.Patience);
        Assert.Equal("Suspend", pair.ServerCallbacks.Log.Last());

        // The pages come, and nothing is delivered; but the server cannot be saved: the packet is gone from the ring.
        pages.Fire();
        await Task.Delay(20);
        Assert.Equal([NtStatus.Pending], answers);
        Assert.Empty(pair.Server.GetOwedPackets());
        VmbusException refused = Assert.Throws<VmbusException>(() => pair.Server.Save(new ArrayBufferWriter<byte>()));
        Assert.Equal(NtStatus.InvalidDeviceState, refused.Status);
        Assert.Contains("external data", refused.Message, StringComparison.Ordinal);
        pair.Server.Start();
        pair.Await(() => pair.Server.Counters.PacketsCompleted == 1, "the packet");
        Assert.Equal([NtStatus.Pending, NtStatus.Success], answers);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_Disable_while_a_packet_is_to_come_again_ends_at_once_and_the_next_opening_begins_without_it(bool isDeferred)
    {
        using ChannelPair pair = new(busOptions: new VmbusBusOptions { ExternalData = ExternalDataMode.PendingFirst, PageInTime = TimeSpan.FromMinutes(1) });
        using SemaphoreSlim inCallback = new(0);
        using SemaphoreSlim mayReturn = new(0);
        ConcurrentQueue<Irql> levels = new();
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            if (buffer[0] == 2)
            {
                packet.Complete();
                return;
            }

            levels.Enqueue(KernelIrql.Current);
            if (isDeferred)
            {
                packet.DeferToPassive();
            }
            else if (packet.GetExternalData(ExternalDataFlags.None, out _) != NtStatus.Pending)
            {
                packet.Complete();
            }

            inCallback.Release();
            mayReturn.Wait(ChannelPair.Patience);
        };
        pair.Open();
        ConcurrentQueue<NtStatus> ends = new();
        VmbusPacket packet = pair.Client.AllocatePacket();
        packet.SetExternalData(new byte[10]);
        packet.CompletionRoutine = (_, status, _) => ends.Enqueue(status);
        Assert.Equal(NtStatus.Success, packet.Send([1]));
        Assert.True(await inCallback.WaitAsync(ChannelPair.Patience));
        Task disabled = pair.Server.DisableAsync();

        // The stop is noted by a work item; the callback ends only after that.
        pair.Await(() => pair.Server.State != ChannelState.Active, "the queue to be stopped");
        mayReturn.Release();
        await disabled.WaitAsync(ChannelPair.Patience);
        pair.Await(() => pair.Client.State == ChannelState.Disabled, "the client to close");
        Assert.Equal([NtStatus.DeviceRemoved], ends);
        Assert.Equal(["Opened", "Started", "PostStarted", "Suspend", "Closed"], pair.ServerCallbacks.Log);
        pair.Open();
        Assert.Equal(NtStatus.Success, pair.Client.SendSynchronousRequest([2], [], out _, ChannelPair.Patience));
        Assert.Equal([Irql.Dispatch], levels);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ProcessingComplete_comes_at_the_level_of_the_packets_before_it(bool atPassive)
    {
        using ChannelPair pair = new(options => options with { IncomingProcessingAtPassive = atPassive });
        ConcurrentQueue<string> calls = new();
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            if (buffer[0] == 1 && KernelIrql.Current == Irql.Dispatch)
            {
                packet.DeferToPassive();
                return;
            }

            calls.Enqueue($"packet {KernelIrql.Current}");
            packet.Complete();
        };
        pair.ServerCallbacks.OnProcessingComplete = (_, _) => calls.Enqueue($"complete {KernelIrql.Current}");
        pair.Open();
        for (byte i = 0; i < 2; i++)
        {
            Assert.Equal(NtStatus.Success, pair.Client.Send([i]));
            pair.Await(() => calls.Count == (i + 1) * 2, "both callbacks");
        }

        string level = atPassive ? "Passive" : "Dispatch";
        Assert.Equal([$"packet {level}", $"complete {level}", "packet Passive", "complete Passive"], calls);
    }
}
