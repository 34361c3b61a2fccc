using Vmbus.Tests.Channels;

namespace Vmbus.Tests.SaveRestore;

/// <summary>An opening that a saved server has left standing: what may come in its way before a server goes on with it, over either bus.</summary>
public sealed class StandingOpeningTests
{
    [Theory]
    [InlineData(BusKind.InProcess)]
    [InlineData(BusKind.SharedMemory)]
    public void A_server_that_was_not_restored_ends_it_and_offers_anew(BusKind kind)
    {
        using SavedServer saved = new SavedServer(kind: kind).Open();
        _ = saved.Save();
        saved.Replace();
        saved.Server.Enable();
        saved.Server.Start();
        saved.Await(() => saved.Client.State == ChannelState.Disabled, "the client to close");
        OpensAgain(saved);
    }

    [Theory]
    [InlineData(BusKind.InProcess)]
    [InlineData(BusKind.SharedMemory)]
    public void A_client_that_closes_it_opens_with_the_next_server_and_the_saved_packets_end(BusKind kind)
    {
        using SavedServer saved = new SavedServer(kind: kind).Open();
        saved.Send("a");
        PendingPacket owed = saved.TakeOwed(1)[0];
        byte[] state = saved.Save();
        saved.Replace();
        owed.Complete([1]);
        saved.Client.Disable();
        saved.AwaitTheBus();
        Assert.Equal(NtStatus.Success, saved.Server.RestoreFromBuffer(state));
        saved.Server.Enable();
        saved.Server.Start();
        saved.Client.Enable();
        saved.Await(() => saved.Server.State == ChannelState.Active && saved.Client.State == ChannelState.Active, "another opening");
        saved.Await(() => saved.Callbacks.Done.Count == 1, "the end of the saved packet");
        Assert.Equal(("a", NtStatus.DeviceRemoved, -1), saved.Callbacks.Done.Single());
        Assert.Equal(NtStatus.Success, saved.Client.SendSynchronousRequest([1], new byte[8], out _, ChannelPair.Patience));
    }

    [Theory]
    [InlineData(BusKind.InProcess)]
    [InlineData(BusKind.SharedMemory)]
    public void A_restored_server_whose_Opened_fails_ends_it_and_offers_anew(BusKind kind)
    {
        using SavedServer saved = new SavedServer(kind: kind).Open();
        saved.Send("a");

        // Before anything closes the client, which drops what it has not read.
        PendingPacket owed = saved.TakeOwed(1)[0];
        byte[] state = saved.Save();
        saved.Replace();
        saved.Callbacks.OnOpened = _ => NtStatus.InsufficientResources;
        Assert.Equal(NtStatus.Success, saved.Server.RestoreFromBuffer(state));
        saved.Server.Enable();
        saved.Server.Start();
        owed.Complete();
        saved.Await(() => saved.Client.State == ChannelState.Disabled && saved.Callbacks.Done.Count == 1, "the client to close and the packet to end");
        Assert.Equal(("a", NtStatus.DeviceRemoved, -1), saved.Callbacks.Done.Single());
        saved.Callbacks.OnOpened = _ => NtStatus.Success;
        OpensAgain(saved);
    }

    [Theory]
    [InlineData(BusKind.InProcess)]
    [InlineData(BusKind.SharedMemory)]
    public async Task External_data_and_GPADLs_of_it_reach_the_restored_server(BusKind kind)
    {
        using SavedServer saved = new SavedServer(kind: kind).Open();
        Memory<byte> shared = saved.Ends.Allocate(5000);
        Gpadl gpadl = saved.Client.CreateGpadl(shared);
        Assert.Equal(NtStatus.Success, saved.Server.MapGpadl(gpadl.Handle, GpadlFlags.None, out Gpadl? before));
        byte[] state = saved.Save();
        saved.Replace();
        Assert.Throws<ObjectDisposedException>(() => before!.CopyTo(new byte[1]));

        // Both are asked for while nobody is there.
        Gpadl second = saved.Client.CreateGpadl(saved.Ends.Allocate(10), GpadlFlags.ReadOnly);
        TaskCompletionSource<NtStatus> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        byte[] memory = [1, 2, 3];
        VmbusPacket packet = saved.Client.AllocatePacket();
        packet.SetExternalData(memory);
        packet.CompletionRoutine = (_, status, _) => done.SetResult(status);
        Assert.Equal(NtStatus.Success, packet.Send([1]));
        saved.Callbacks.OnPacket = (_, received, _, _) =>
        {
            if (received.GetExternalData(ExternalDataFlags.None, out ExternalData data) == NtStatus.Success)
            {
                data.CopyFrom([7], 1);
            }

            received.Complete();
        };
        Assert.Equal(NtStatus.Success, saved.Server.RestoreFromBuffer(state));
        saved.Server.Enable();
        saved.Server.Start();
        Assert.Equal(NtStatus.Success, await done.Task.WaitAsync(ChannelPair.Patience));
        Assert.Equal([1, 7, 3], memory);
        saved.Await(() => saved.Server.State == ChannelState.Active, "the restored server");
        Assert.Equal(NtStatus.Success, saved.Server.MapGpadl(gpadl.Handle, GpadlFlags.None, out Gpadl? mapped));
        mapped!.CopyFrom([9], 4999);
        Assert.Equal(9, shared.Span[4999]);
        Assert.Equal(NtStatus.Success, saved.Server.MapGpadl(second.Handle, GpadlFlags.None, out Gpadl? mappedSecond));
        Assert.True(mappedSecond!.IsReadOnly);
        Task deleted = gpadl.DisposeAsync().AsTask();
        Assert.False(deleted.IsCompleted);
        mapped.Dispose();
        await deleted.WaitAsync(ChannelPair.Patience);
        mappedSecond.Dispose();
        await second.DisposeAsync().AsTask().WaitAsync(ChannelPair.Patience);
    }

    [Fact]
    public async Task A_guest_that_goes_takes_it_along_and_the_next_guest_finds_the_server()
    {
        string path = Path.Combine(Path.GetTempPath(), $"vmbus-test-{Guid.NewGuid():N}");
        using SharedMemoryBus host = SharedMemoryBus.CreateHost(path);
        VmbusChannelOptions options = new() { IsServer = true, InterfaceType = Guid.NewGuid(), InterfaceInstance = Guid.NewGuid() };
        VmbusChannel server = new(host, options);
        server.SetCallbacks(new SavingCallbacks());
        server.Enable();
        server.Start();
        SavingCallbacks callbacks = new();
        System.Buffers.ArrayBufferWriter<byte> state = new();
        using (SharedMemoryBus guest = await SharedMemoryBus.ConnectAsync(path))
        {
            VmbusChannel client = Client(guest, options);
            Until(() => server.State == ChannelState.Active && client.State == ChannelState.Active);
            client.Pause();
            VmbusPacket packet = server.AllocatePacket();
            packet.Context = "a";
            Assert.Equal(NtStatus.Success, packet.Send([1], VmbusSendFlags.WaitForCompletion));
            server.Pause();
            server.Save(state);
            server.Dispose();
        }

        Until(() => !host.IsConnected);
        using VmbusChannel restored = new(host, options);
        restored.SetCallbacks(callbacks);
        Assert.Equal(NtStatus.Success, restored.RestoreFromBuffer(state.WrittenSpan));
        restored.Enable();
        restored.Start();
        using SharedMemoryBus next = await SharedMemoryBus.ConnectAsync(path);
        using VmbusChannel second = Client(next, options);
        Until(() => restored.State == ChannelState.Active && second.State == ChannelState.Active);
        Assert.Equal(NtStatus.DeviceRemoved, Assert.Single(callbacks.Done).Status);
        Assert.Equal(NtStatus.Success, second.SendSynchronousRequest([1], new byte[8], out _, ChannelPair.Patience));

        // Nothing but the ids holds the place of one that is there.
        using VmbusChannel other = new(host, options);
        other.SetCallbacks(new SavingCallbacks());
        Assert.Equal(NtStatus.ObjectNameCollision, Assert.Throws<VmbusException>(other.Enable).Status);

        static void Until(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, ChannelPair.Patience));
    }

    private static VmbusChannel Client(SharedMemoryBus guest, VmbusChannelOptions options)
    {
        VmbusChannel client = new(guest, options with { IsServer = false });
        client.SetCallbacks(new ScriptedCallbacks());
        client.Enable();
        return client;
    }

    private static void OpensAgain(SavedServer saved)
    {
        saved.Client.Enable();
        saved.Await(() => saved.Server.State == ChannelState.Active && saved.Client.State == ChannelState.Active, "another opening");
        Assert.Equal(NtStatus.Success, saved.Client.SendSynchronousRequest([1], new byte[8], out _, ChannelPair.Patience));
    }
}
