using System.Collections.Concurrent;
using Vmbus.Tests.Channels;

namespace Vmbus.Tests.SaveRestore;

/// <summary>RestoreFromBuffer and the RestorePacket callback: when they may be called, and what becomes of packets whose restore or opening fails.</summary>
public sealed class RestoringTests
{
    [Fact]
    public void Only_a_disabled_server_with_callbacks_is_restored()
    {
        using SavedServer saved = new SavedServer().Open();
        byte[] state = saved.Save();
        Refused(NtStatus.InvalidParameter1, () => saved.Server.RestoreFromBuffer(state));
        saved.Replace();
        Refused(NtStatus.InvalidParameter2, () => saved.Server.RestoreFromBuffer([]));
        using VmbusChannel bare = new(saved.Bus, saved.Server.Options);
        Refused(NtStatus.InvalidDeviceState, () => bare.RestoreFromBuffer(state));
        using VmbusChannel stranger = new(saved.Bus, saved.Server.Options with { InterfaceInstance = Guid.NewGuid() });
        stranger.SetCallbacks(new SavingCallbacks());
        VmbusException refused = Refused(NtStatus.InvalidParameter2, () => stranger.RestoreFromBuffer(state));
        Assert.Contains(saved.Server.Options.InterfaceInstance.ToString(), refused.Message, StringComparison.Ordinal);
        using VmbusChannel pipe = new(saved.Bus, saved.Server.Options with { IsPipe = true });
        pipe.SetCallbacks(new SavingCallbacks());
        Refused(NtStatus.InvalidParameter2, () => pipe.RestoreFromBuffer(state));
        Assert.Equal(NtStatus.Success, saved.Server.RestoreFromBuffer(state));
    }

    [Fact]
    public void A_state_with_a_packet_larger_than_the_channel_takes_is_refused()
    {
        using SavedServer saved = new SavedServer(4096).Open();
        saved.Client.Pause();
        for (int i = 0; i < 5; i++)
        {
            saved.Send("large", VmbusSendFlags.None, new byte[1000]);
        }

        byte[] state = saved.Save();
        using VmbusChannel small = new(saved.Bus, saved.Server.Options with { MaximumPacketSize = 999 });
        small.SetCallbacks(new SavingCallbacks());
        VmbusException refused = Refused(NtStatus.DataError, () => small.RestoreFromBuffer(state));
        Assert.Contains("999", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_state_cannot_be_enabled_and_is_dropped()
    {
        using SavedServer saved = new SavedServer().Open();
        saved.Send("a");
        List<byte[]> chunks = SaveInChunks(saved, 140);
        Assert.InRange(chunks.Count, 2, 3);
        saved.Replace();
        Assert.Equal(NtStatus.MoreProcessingRequired, saved.Server.RestoreFromBuffer(chunks[0]));
        VmbusException refused = Refused(NtStatus.InvalidDeviceState, saved.Server.Enable);
        Assert.Contains("truncated", refused.Message, StringComparison.Ordinal);
        Assert.Equal(ChannelState.Disabled, saved.Server.State);
        Refused(NtStatus.DataError, () => saved.Server.RestoreFromBuffer(chunks[1]));
        saved.Server.Enable();
        Assert.Empty(saved.Callbacks.Done);
    }

    [Fact]
    public void Chunks_are_taken_in_order_and_of_one_save()
    {
        using SavedServer saved = new SavedServer().Open();
        saved.Send("a");
        List<byte[]> others = SaveInChunks(saved, 140);
        List<byte[]> chunks = SaveInChunks(saved, 140);
        Assert.Equal(others.Count, chunks.Count);
        saved.Replace();
        Refused(NtStatus.DataError, () => saved.Server.RestoreFromBuffer(chunks[^1]));
        Assert.Equal(NtStatus.MoreProcessingRequired, saved.Server.RestoreFromBuffer(chunks[0]));
        Refused(NtStatus.DataError, () => saved.Server.RestoreFromBuffer(others[1]));
        Refused(NtStatus.DataError, () => saved.Server.RestoreFromBuffer([.. chunks[1], .. (chunks.Count > 2 ? chunks[2] : []), .. chunks[0]]));

        // None of these changed anything.
        Assert.Equal(NtStatus.Success, saved.Server.RestoreFromBuffer([.. chunks.Skip(1).SelectMany(chunk => chunk)]));

        // A first chunk begins anew; what was restored stays until the new state is whole.
        Assert.Equal(NtStatus.MoreProcessingRequired, saved.Server.RestoreFromBuffer(others[0]));
        Assert.Equal(NtStatus.MoreProcessingRequired, saved.Server.RestoreFromBuffer(chunks[0]));
        Assert.Empty(saved.Callbacks.Done);
        Assert.Equal(NtStatus.Success, saved.Server.RestoreFromBuffer([.. chunks.Skip(1).SelectMany(chunk => chunk)]));
        Assert.Equal(("a", NtStatus.Cancelled, -1), Assert.Single(saved.Callbacks.Done));
        saved.Server.Enable();
        saved.Server.Start();
        saved.TakeOwed(1)[0].Complete([1]);
        saved.Await(() => saved.Callbacks.Done.Count == 2, "the completion");
    }

    [Fact]
    public void A_RestorePacket_callback_that_fails_restores_nothing_and_gives_back_what_was()
    {
        using SavedServer saved = new SavedServer().Open();
        saved.Send("first");
        saved.Send("second");
        PendingPacket[] owed = saved.TakeOwed(2);
        byte[] state = saved.Save();
        saved.Replace();
        Func<NtStatus> answer = () => NtStatus.InsufficientResources;
        saved.Callbacks.OnRestore = (channel, libraryState, savedState) => savedState.Length == 5 ? SavingCallbacks.RestoreName(channel, libraryState, savedState) : answer();
        Assert.Equal(NtStatus.InsufficientResources, saved.Server.RestoreFromBuffer(state));
        Assert.Equal([("first", NtStatus.Cancelled, -1)], saved.Callbacks.Done);

        // Success without a packet would lose it.
        answer = () => NtStatus.Success;
        Assert.Equal(NtStatus.Unsuccessful, saved.Server.RestoreFromBuffer(state));
        answer = () => throw new FormatException("no");
        Assert.Throws<FormatException>(() => saved.Server.RestoreFromBuffer(state));
        Assert.Equal(3, saved.Callbacks.Done.Count);
        Assert.Equal(ChannelState.Disabled, saved.Server.State);

        saved.Callbacks.OnRestore = SavingCallbacks.RestoreName;
        Assert.Equal(NtStatus.Success, saved.Server.RestoreFromBuffer(state));
        saved.Server.Enable();
        saved.Server.Start();
        Assert.All(owed, packet => packet.Complete([8]));
        saved.Await(() => saved.Callbacks.Done.Count == 5, "both completions");
        Assert.Equal([("first", NtStatus.Success, 8), ("second", NtStatus.Success, 8)], saved.Callbacks.Done.Skip(3));
    }

    [Fact]
    public void A_packet_takes_a_saved_state_only_in_its_callback_and_once()
    {
        using SavedServer saved = new SavedServer().Open();
        saved.Send("a");
        byte[] state = saved.Save();
        saved.Replace();
        byte[] kept = [];
        List<NtStatus> answers = [];
        saved.Callbacks.OnRestore = (channel, libraryState, savedState) =>
        {
            kept = libraryState.ToArray();
            using VmbusPacket other = channel.AllocatePacket();
            answers.Add(other.Restore(libraryState[1..]));
            answers.Add(SavingCallbacks.RestoreName(channel, libraryState, savedState));
            answers.Add(other.Restore(libraryState));
            Assert.Throws<VmbusException>(() => channel.RestoreFromBuffer(state));
            Assert.Throws<VmbusException>(channel.Enable);
            return NtStatus.Success;
        };
        Assert.Equal(NtStatus.Success, saved.Server.RestoreFromBuffer(state));
        Assert.Equal([NtStatus.InvalidParameter2, NtStatus.Success, NtStatus.InvalidDeviceState], answers);
        using VmbusPacket packet = saved.Server.AllocatePacket();
        Assert.Equal(NtStatus.InvalidDeviceState, packet.Restore(kept));
        using (KernelIrql.Raise(Irql.Dispatch))
        {
            Assert.Throws<IrqlViolationException>(() => packet.Restore(kept));
        }
    }

    [Fact]
    public void A_restored_packet_is_under_way_before_the_channel_is_open()
    {
        using SavedServer saved = new SavedServer().Open();
        saved.Send("a");
        byte[] state = saved.Save();
        saved.Replace();
        VmbusPacket? restored = null;
        saved.Callbacks.OnRestore = (channel, libraryState, _) =>
        {
            restored = channel.AllocatePacket();
            return restored.Restore(libraryState);
        };
        Assert.Equal(NtStatus.Success, saved.Server.RestoreFromBuffer(state));
        Assert.Throws<InvalidOperationException>(() => restored!.Send([1]));
        Assert.Throws<InvalidOperationException>(restored!.Dispose);
        Assert.False(restored!.Cancel());

        // It does not outlive its channel.
        saved.Server.Dispose();
        Assert.Equal(("", NtStatus.DeviceRemoved, -1), Assert.Single(saved.Callbacks.Done));
    }

    [Fact]
    public void Packets_of_an_opening_that_is_gone_end_when_the_server_is_enabled()
    {
        using SavedServer saved = new SavedServer().Open();
        saved.Send("a");
        PendingPacket owed = saved.TakeOwed(1)[0];
        byte[] state = saved.Save();
        saved.Replace();
        Task closing = saved.Client.DisableAsync();
        owed.Complete();
        saved.Await(() => closing.IsCompleted, "the client to close");
        saved.Client.Enable();
        Assert.Equal(NtStatus.Success, saved.Server.RestoreFromBuffer(state));
        Assert.Empty(saved.Callbacks.Done);
        saved.Server.Enable();
        saved.Server.Start();
        saved.Await(() => saved.Callbacks.Done.Count == 1, "the packet to end");
        Assert.Equal(("a", NtStatus.DeviceRemoved, -1), saved.Callbacks.Done.Single());
        saved.Await(() => saved.Client.State == ChannelState.Active && saved.Server.State == ChannelState.Active, "a new opening");
        Assert.Equal(NtStatus.Success, saved.Client.SendSynchronousRequest([1], new byte[8], out _, ChannelPair.Patience));
    }

    [Fact]
    public void A_server_that_was_not_restored_ends_the_opening_that_stands()
    {
        using SavedServer saved = new SavedServer().Open();
        byte[] state = saved.Save();
        saved.Replace();
        Assert.Equal(ChannelState.Active, saved.Client.State);
        saved.Server.Enable();
        saved.Server.Start();
        saved.Await(() => saved.Client.State == ChannelState.Disabled, "the client to close");
        saved.Client.Enable();
        saved.Await(() => saved.Client.State == ChannelState.Active, "a new opening");
        GC.KeepAlive(state);
    }

    [Fact]
    public void A_client_of_any_instance_whose_opening_stands_waits_for_its_own_server()
    {
        VmbusBus bus = VmbusBus.CreateInProcess();
        VmbusChannelOptions options = new() { IsServer = true, InterfaceType = Guid.NewGuid(), InterfaceInstance = Guid.NewGuid() };
        using VmbusChannel client = new(bus, options with { IsServer = false, InterfaceInstance = Guid.Empty });
        client.SetCallbacks(new ScriptedCallbacks());
        VmbusChannel server = new(bus, options);
        server.SetCallbacks(new SavingCallbacks());
        server.Enable();
        server.Start();
        client.Enable();
        Assert.True(SpinWait.SpinUntil(() => server.State == ChannelState.Active && client.State == ChannelState.Active, ChannelPair.Patience));
        server.Pause();
        System.Buffers.ArrayBufferWriter<byte> state = new();
        server.Save(state);
        server.Dispose();

        using VmbusChannel stranger = new(bus, options with { InterfaceInstance = Guid.NewGuid() });
        stranger.SetCallbacks(new SavingCallbacks());
        stranger.Enable();
        stranger.Start();
        using VmbusChannel restored = new(bus, options);
        restored.SetCallbacks(new SavingCallbacks());
        Assert.Equal(NtStatus.Success, restored.RestoreFromBuffer(state.WrittenSpan));
        restored.Enable();
        restored.Start();
        Assert.True(SpinWait.SpinUntil(() => restored.State == ChannelState.Active, ChannelPair.Patience));
        Assert.Equal(ChannelState.Active, client.State);
        Assert.Equal(ChannelState.Started, stranger.State);
        Assert.Equal(NtStatus.Success, client.SendSynchronousRequest([1], new byte[8], out _, ChannelPair.Patience));
    }

    [Fact]
    public void An_Opened_callback_that_fails_on_a_restored_server_ends_the_opening()
    {
        using SavedServer saved = new SavedServer().Open();
        saved.Send("a");
        PendingPacket owed = saved.TakeOwed(1)[0];
        byte[] state = saved.Save();
        saved.Replace();
        saved.Callbacks.OnOpened = _ => NtStatus.InsufficientResources;
        Assert.Equal(NtStatus.Success, saved.Server.RestoreFromBuffer(state));
        saved.Server.Enable();
        saved.Await(() => saved.Callbacks.Done.Count == 1, "the packet to end");
        Assert.Equal(("a", NtStatus.DeviceRemoved, -1), saved.Callbacks.Done.Single());
        saved.Await(() => saved.Client.State != ChannelState.Active, "the client to notice");
        owed.Complete();
        saved.Await(() => saved.Client.State == ChannelState.Disabled, "the client to close");
    }

    [Fact]
    public void A_channel_that_nobody_has_opened_is_saved_and_restored_as_that()
    {
        using SavedServer saved = new();
        saved.Server.Pause();
        saved.Server.Enable();
        saved.Await(() => saved.Server.State == ChannelState.Enabled, "the offer");
        byte[] state = saved.Save();
        saved.Replace();
        Assert.Equal(NtStatus.Success, saved.Server.RestoreFromBuffer(state));
        saved.Open();
    }

    [Fact]
    public void External_memory_of_the_client_is_there_for_the_restored_server()
    {
        using SavedServer saved = new();
        ConcurrentQueue<Gpadl> gpadls = new();
        byte[] memory = [1, 2, 3];
        saved.ClientCallbacks.OnOpened = channel =>
        {
            gpadls.Enqueue(channel.CreateGpadl(memory));
            return NtStatus.Success;
        };
        saved.ClientCallbacks.OnClosed = _ => gpadls.Single().Dispose();
        saved.Open();
        uint handle = gpadls.Single().Handle;
        Assert.Equal(NtStatus.Success, saved.Server.MapGpadl(handle, GpadlFlags.None, out Gpadl? mapping));
        saved.Move();
        Assert.Throws<ObjectDisposedException>(() => mapping!.Span[0]);
        saved.Await(() => saved.Server.State == ChannelState.Active, "the restored server");
        Assert.Equal(NtStatus.Success, saved.Server.MapGpadl(handle, GpadlFlags.None, out mapping));
        Assert.Equal(memory, mapping!.Span.ToArray());
        mapping.Dispose();
    }

    internal static List<byte[]> SaveInChunks(SavedServer saved, int size)
    {
        saved.Server.Pause();
        saved.Server.SaveBegin();
        List<byte[]> chunks = [];
        NtStatus status;
        do
        {
            byte[] buffer = new byte[size];
            status = saved.Server.SaveContinue(buffer, out int filled, out int required);
            if (filled > 0)
            {
                chunks.Add(buffer[..filled]);
            }

            size = Math.Max(size, required);
        }
        while (status is NtStatus.BufferOverflow or NtStatus.BufferTooSmall);

        Assert.Equal(NtStatus.Success, status);
        saved.Server.SaveEnd();
        return chunks;
    }

    private static VmbusException Refused(NtStatus status, Action action)
    {
        VmbusException exception = Assert.Throws<VmbusException>(action);
        Assert.Equal(status, exception.Status);
        return exception;
    }
}
