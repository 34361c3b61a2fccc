using System.Collections.Concurrent;
using System.Net.Sockets;
using Vmbus.Tests.Channels;

namespace Vmbus.Tests.SharedMemory;

/// <summary>Host and guest in one process, over the same socket and memory as two.</summary>
public sealed class SharedMemoryBusTests
{
    [Fact]
    public async Task Misuse_is_refused_with_a_status()
    {
        using SharedHost host = new();
        Assert.Equal(NtStatus.InvalidParameter2, Assert.Throws<VmbusException>(() => SharedMemoryBus.CreateHost(host.Path + "x", new VmbusBusOptions { GuestMemorySize = 4097 })).Status);
        Assert.Equal(NtStatus.ObjectNameCollision, Assert.Throws<VmbusException>(() => SharedMemoryBus.CreateHost(host.Path)).Status);
        using SharedMemoryBus guest = await SharedMemoryBus.ConnectAsync(host.Path);
        Assert.Equal(NtStatus.InvalidDeviceState, (await Assert.ThrowsAsync<VmbusException>(() => SharedMemoryBus.ConnectAsync(host.Path))).Status);
        Assert.Equal(NtStatus.InvalidDeviceRequest, Assert.Throws<VmbusException>(() => Client(host.Bus, host.InterfaceType).Enable()).Status);
        Assert.Equal(NtStatus.InvalidDeviceRequest, Assert.Throws<VmbusException>(() => host.Bus.AllocateGuestMemory(1)).Status);
        Assert.Equal(NtStatus.InsufficientResources, Assert.Throws<VmbusException>(() => guest.AllocateGuestMemory(5 << 20)).Status);
        Assert.Throws<ArgumentOutOfRangeException>(() => guest.AllocateGuestMemory(0));
    }

    [Fact]
    public async Task A_socket_that_a_dead_process_has_left_is_replaced()
    {
        string path = Path.Combine(Path.GetTempPath(), $"vmbus-test-{Guid.NewGuid():N}");
        using (System.Net.Sockets.Socket dead = new(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified))
        {
            // Bound, and listening to nobody: what stays in the file system when a process is killed.
            dead.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(path));
            using SharedMemoryBus host = SharedMemoryBus.CreateHost(path);
            using SharedMemoryBus guest = await SharedMemoryBus.ConnectAsync(path);
            Assert.True(guest.IsConnected);
            SharedHost.Await(() => host.IsConnected, () => "the host to know of its guest");
        }

        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task Who_connects_and_says_nothing_keeps_no_guest_waiting()
    {
        List<Socket> silent = [];
        Task<SharedMemoryBus> connecting;
        using (SharedHost host = new())
        {
            for (int i = 0; i < 20; i++)
            {
                Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                socket.Connect(new UnixDomainSocketEndPoint(host.Path));
                silent.Add(socket);
            }

            // They have 10 s each to say who they are: one after the other they would take 200 s.
            connecting = SharedMemoryBus.ConnectAsync(host.Path);
            using SharedMemoryBus guest = await connecting.WaitAsync(ChannelPair.Patience);
            Assert.True(guest.IsConnected);
        }

        // The host did not wait for them at its end either.
        silent.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task Of_guests_that_come_at_one_time_one_is_taken()
    {
        using SharedHost host = new();
        Task<SharedMemoryBus>[] attempts = [.. Enumerable.Range(0, 8).Select(_ => Task.Run(() => SharedMemoryBus.ConnectAsync(host.Path)))];
        await Task.WhenAll(attempts).ContinueWith(static _ => { }, TaskScheduler.Default).WaitAsync(ChannelPair.Patience);
        using SharedMemoryBus taken = await Assert.Single(attempts, attempt => attempt.IsCompletedSuccessfully);
        Assert.All(
            attempts.Where(attempt => attempt.IsFaulted),
            attempt => Assert.Equal(NtStatus.InvalidDeviceState, Assert.IsType<VmbusException>(attempt.Exception!.InnerException).Status));
        Assert.True(taken.IsConnected);
    }

    [Fact]
    public async Task An_orderly_end_has_no_reason()
    {
        using SharedHost host = new();
        SharedMemoryBus guest = await SharedMemoryBus.ConnectAsync(host.Path);
        SharedHost.Await(() => host.Bus.IsConnected, () => "the connection");
        Task ended = host.Bus.WhenDisconnected;
        await guest.DisposeAsync();
        await ended.WaitAsync(ChannelPair.Patience);
        Assert.Null(host.Bus.DisconnectReason);
        Assert.Null(guest.DisconnectReason);
    }

    [Fact]
    public async Task The_read_only_hint_holds_for_memory_that_is_shared_where_it_lies_while_nobody_asks_for_more()
    {
        using SharedHost host = new();
        ConcurrentQueue<(PendingPacket Packet, bool IsReadOnly)> arrived = new();
        host.Callbacks.OnPacket = (_, packet, _, _) =>
        {
            Assert.Equal(NtStatus.Success, packet.GetExternalData(ExternalDataFlags.None, out ExternalData data));
            arrived.Enqueue((packet.Pend(), data.IsReadOnly));
        };
        using SharedMemoryBus guest = await SharedMemoryBus.ConnectAsync(host.Path);
        using VmbusChannel client = Client(guest, host.InterfaceType);
        client.Enable();
        SharedHost.Await(() => client.State == ChannelState.Active, () => $"the opening: {client.State}");
        using GuestMemoryBlock block = guest.AllocateGuestMemory(8192);
        int done = 0;
        Assert.True(Share(block.Memory[..100], readOnly: true));
        Assert.True(Share(block.Memory.Slice(50, 5000), readOnly: true));

        // One that is to be written shares the first page with them; the second is its own affair.
        Assert.False(Share(block.Memory.Slice(200, 10), readOnly: false));
        Assert.False(Share(block.Memory[..100], readOnly: true));
        Assert.True(Share(block.Memory[4096..], readOnly: true));
        CompleteAll();

        // The client has taken its pages back when all completions are in.
        SharedHost.Await(() => Volatile.Read(ref done) == 5, () => "the completions");
        Assert.True(Share(block.Memory[..100], readOnly: true));
        Assert.False(Share(block.Memory[4096..], readOnly: false));

        // Both ends wait for what is owed before they close.
        CompleteAll();

        void CompleteAll()
        {
            while (arrived.TryDequeue(out (PendingPacket Packet, bool IsReadOnly) owed))
            {
                owed.Packet.Complete();
            }
        }

        bool Share(Memory<byte> memory, bool readOnly)
        {
            VmbusPacket packet = client.AllocatePacket();
            packet.SetExternalData(memory, readOnly);
            packet.CompletionRoutine = (_, _, _) => Interlocked.Increment(ref done);
            int before = arrived.Count;
            Assert.Equal(NtStatus.Success, packet.Send([1]));
            SharedHost.Await(() => arrived.Count == before + 1, () => "the packet");
            return arrived.Last().IsReadOnly;
        }
    }

    [Fact]
    public async Task What_a_server_says_of_its_offer_reaches_the_client()
    {
        using SharedHost host = new();
        byte[] data = [.. Enumerable.Range(1, VmbusChannelOptions.MaximumOfferData).Select(i => (byte)i)];
        using VmbusChannel server = new(host.Bus, new VmbusChannelOptions
        {
            IsServer = true,
            IsPipe = true,
            InterfaceType = Guid.NewGuid(),
            InterfaceInstance = Guid.NewGuid(),
            OfferFlags = ServerOfferFlags.OfferAsPipe | ServerOfferFlags.TlnpiProviderOffer,
            MmioMegabytes = ushort.MaxValue,
            TargetVtl = VmbusChannelOptions.MaximumVtl,
            OfferData = data,
        });
        server.SetCallbacks(new ScriptedCallbacks());
        server.Enable();
        server.Start();
        using SharedMemoryBus guest = await SharedMemoryBus.ConnectAsync(host.Path);
        using VmbusChannel client = new(guest, new VmbusChannelOptions { InterfaceType = server.Options.InterfaceType, IsPipe = true });
        client.SetCallbacks(new ScriptedCallbacks());
        client.Enable();
        SharedHost.Await(() => client.State == ChannelState.Active, () => $"the opening: {client.State} {client.Fault}");
        VmbusOffer offer = client.Offer!;
        Assert.Equal(server.Offer! with { Data = default }, offer with { Data = default });
        Assert.Equal(data, offer.Data.ToArray());
    }

    [Fact]
    public async Task A_client_that_is_a_pipe_is_refused_where_the_server_is_none()
    {
        using SharedHost host = new();
        using SharedMemoryBus guest = await SharedMemoryBus.ConnectAsync(host.Path);
        ScriptedCallbacks callbacks = new();
        using VmbusChannel client = new(guest, new VmbusChannelOptions { InterfaceType = host.InterfaceType, IsPipe = true });
        client.SetCallbacks(callbacks);
        client.Enable();
        SharedHost.Await(() => client.State == ChannelState.Disabled, () => $"the refusal: {client.State}");
        Assert.Equal(["PnpFailure NotSupported"], callbacks.Log);
    }

    [Fact]
    public async Task Openings_and_packets_give_every_page_back()
    {
        using SharedHost host = new();
        using SharedMemoryBus guest = await SharedMemoryBus.ConnectAsync(host.Path);
        using VmbusChannel client = Client(guest, host.InterfaceType);
        int most = Largest(guest);
        for (int round = 0; round < 20; round++)
        {
            client.Enable();
            SharedHost.Await(() => client.State == ChannelState.Active, () => $"opening {round}: {client.State} {client.Fault}");
            byte[] data = new byte[10_000];
            TaskCompletionSource<NtStatus> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
            VmbusPacket packet = client.AllocatePacket();
            packet.SetExternalData(data, readOnly: round % 2 == 0);
            packet.CompletionRoutine = (_, status, _) => done.SetResult(status);
            Assert.Equal(NtStatus.Success, packet.Send(new byte[8]));
            Assert.Equal(NtStatus.Success, await done.Task.WaitAsync(ChannelPair.Patience));
            client.Disable();
        }

        // The host lets the rings go when its server has closed.
        SharedHost.Await(() => Largest(guest) == most, () => $"the pages to come back: {Largest(guest)} of {most}");
    }

    [Fact]
    public async Task Pages_of_a_packet_that_was_never_completed_serve_nobody_until_the_host_has_closed()
    {
        using SharedHost host = new();
        PendingPacket pending = default;
        ExternalData held = default;
        host.Callbacks.OnPacket = (_, packet, _, _) =>
        {
            packet.GetExternalData(ExternalDataFlags.None, out held);
            pending = packet.Pend();
        };
        using SharedMemoryBus guest = await SharedMemoryBus.ConnectAsync(host.Path);
        using VmbusChannel client = Client(guest, host.InterfaceType);
        int most = Largest(guest);
        client.Enable();
        SharedHost.Await(() => client.State == ChannelState.Active, () => $"the opening: {client.State}");
        VmbusPacket packet = client.AllocatePacket();
        packet.SetExternalData(new byte[4096]);
        Assert.Equal(NtStatus.Success, packet.Send(new byte[8]));
        SharedHost.Await(() => !pending.IsDefault, () => "the packet");
        client.Disable();
        Assert.True(Largest(guest) < most);
        held.CopyFrom([1], 0);
        pending.Complete();
        SharedHost.Await(() => Largest(guest) == most, () => $"the pages to come back: {Largest(guest)} of {most}");
    }

    [Fact]
    public async Task A_gpadl_takes_guest_memory_only_and_outlives_its_block()
    {
        using SharedHost host = new();
        using SharedMemoryBus guest = await SharedMemoryBus.ConnectAsync(host.Path);
        using VmbusChannel client = Client(guest, host.InterfaceType);
        client.Enable();
        SharedHost.Await(() => client.State == ChannelState.Active && host.Server.State == ChannelState.Active, () => $"the opening: {client.State}");
        Assert.Equal(NtStatus.InvalidParameter3, Assert.Throws<VmbusException>(() => client.CreateGpadl(new byte[100])).Status);
        GuestMemoryBlock block = guest.AllocateGuestMemory(9000);
        Gpadl gpadl = client.CreateGpadl(block.Memory, GpadlFlags.ReadOnly);
        block.Dispose();
        using (GuestMemoryBlock other = guest.AllocateGuestMemory(9000))
        {
            Assert.NotEqual(block.FirstPageFrameNumber, other.FirstPageFrameNumber);
        }

        Assert.Equal(NtStatus.Success, host.Server.MapGpadl(gpadl.Handle, GpadlFlags.None, out Gpadl? mapped));
        Assert.True(mapped!.IsReadOnly);
        Assert.Equal(9000, mapped.Length);
        Assert.Equal(NtStatus.InvalidDeviceState, host.Server.MapGpadl(gpadl.Handle, GpadlFlags.None, out _));
        Task deleted = gpadl.DisposeAsync().AsTask();
        await Task.Delay(20);
        Assert.False(deleted.IsCompleted);
        mapped.Dispose();
        await deleted.WaitAsync(ChannelPair.Patience);
        using GuestMemoryBlock again = guest.AllocateGuestMemory(9000);
        Assert.Equal(block.FirstPageFrameNumber, again.FirstPageFrameNumber);
    }

    [Fact]
    public async Task Pages_by_number_are_found_where_they_were_allocated_and_nowhere_else()
    {
        using SharedHost host = new();
        using SharedMemoryBus guest = await SharedMemoryBus.ConnectAsync(host.Path);
        using VmbusChannel client = Client(guest, host.InterfaceType);
        client.Enable();
        SharedHost.Await(() => client.State == ChannelState.Active, () => $"the opening: {client.State}");
        using GuestMemoryBlock block = guest.AllocateGuestMemory(8192);
        Assert.Equal(NtStatus.Success, await SendPages(block.FirstPageFrameNumber));
        Assert.Equal(1, block.Memory.Span[4000]);

        // A page of the rings, the interrupt page, one behind the end, and one far away.
        foreach (ulong page in new[] { block.FirstPageFrameNumber - 1, 1ul, 1024ul, ulong.MaxValue })
        {
            Assert.Equal(NtStatus.InvalidParameter, await SendPages(page));
        }

        async Task<NtStatus> SendPages(ulong page)
        {
            TaskCompletionSource<NtStatus> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
            VmbusPacket packet = client.AllocatePacket();
            packet.CompletionRoutine = (_, status, buffer) => done.SetResult(status.IsSuccess() ? (NtStatus)BitConverter.ToUInt32(buffer) : status);
            Assert.Equal(NtStatus.Success, packet.SendWithExternalPages(new byte[8], [page], 0, 4096, VmbusSendFlags.WaitForCompletion));
            return await done.Task.WaitAsync(ChannelPair.Patience);
        }
    }

    [Fact]
    public async Task Too_much_for_the_memory_is_an_answer_and_no_fault()
    {
        using SharedHost host = new(1 << 20);
        using SharedMemoryBus guest = await SharedMemoryBus.ConnectAsync(host.Path);
        using VmbusChannel client = Client(guest, host.InterfaceType);
        client.Enable();
        SharedHost.Await(() => client.State == ChannelState.Active, () => $"the opening: {client.State}");
        VmbusPacket packet = client.AllocatePacket();
        packet.SetExternalData(new byte[2 << 20]);
        Assert.Equal(NtStatus.InsufficientResources, packet.Send(new byte[8]));
        Assert.Equal(ChannelState.Active, client.State);

        Guid type = Guid.NewGuid();
        using VmbusChannel server = host.Add(type, new ScriptedCallbacks());
        ScriptedCallbacks callbacks = new();
        using VmbusChannel large = new(guest, new VmbusChannelOptions { InterfaceType = type, IncomingRingSize = 2 << 20 });
        large.SetCallbacks(callbacks);
        large.Enable();
        SharedHost.Await(() => large.State == ChannelState.Disabled, () => $"the large one to be refused: {large.State}");
        Assert.Equal(NtStatus.InsufficientResources, Assert.IsType<VmbusException>(large.Fault).Status);
        Assert.Equal(["PnpFailure InsufficientResources"], callbacks.Log);
    }

    [Fact]
    public async Task Many_channels_come_and_go_over_one_connection()
    {
        using SharedHost host = new(64 << 20);
        using SharedMemoryBus guest = await SharedMemoryBus.ConnectAsync(host.Path);
        Guid[] types = [.. Enumerable.Range(0, 300).Select(_ => Guid.NewGuid())];
        VmbusChannel[] servers = [.. types.Select(type => host.Add(type, new ScriptedCallbacks()))];
        VmbusChannel[] clients = [.. types.Select(type => Client(guest, type))];
        Array.ForEach(clients, client => client.Enable());
        SharedHost.Await(() => Array.TrueForAll(clients, client => client.State == ChannelState.Active), () => "all channels");
        RequestResult[] results = await Task.WhenAll(clients.Select(client => client.SendRequestAsync(new byte[16], new byte[16]).AsTask())).WaitAsync(ChannelPair.Patience);
        Assert.All(results, result => Assert.Equal(NtStatus.Success, result.Status));
        await Task.WhenAll(servers.Select(server => server.DisableAsync())).WaitAsync(ChannelPair.Patience);
        SharedHost.Await(() => Array.TrueForAll(clients, client => client.State == ChannelState.Disabled), () => "all clients to fall back");
        Assert.Equal(NtStatus.Success, Client(guest, host.InterfaceType) is { } last && Open(last) ? last.SendSynchronousRequest(new byte[16], new byte[16], out _, ChannelPair.Patience) : NtStatus.Unsuccessful);

        static bool Open(VmbusChannel channel)
        {
            channel.Enable();
            SharedHost.Await(() => channel.State == ChannelState.Active, () => "the last one");
            return true;
        }
    }

    private static VmbusChannel Client(SharedMemoryBus bus, Guid type)
    {
        VmbusChannel client = new(bus, new VmbusChannelOptions { InterfaceType = type, FriendlyName = "guest" });
        client.SetCallbacks(new ScriptedCallbacks());
        return client;
    }

    /// <summary>The most pages in a row that can be had.</summary>
    private static int Largest(SharedMemoryBus bus)
    {
        (int some, int tooMany) = (0, 1 << 20);
        while (tooMany - some > 1)
        {
            int middle = (some + tooMany) / 2;
            try
            {
                bus.AllocateGuestMemory(middle * 4096).Dispose();
                some = middle;
            }
            catch (Exception exception) when (exception is VmbusException or ArgumentOutOfRangeException)
            {
                tooMany = middle;
            }
        }

        return some;
    }
}
