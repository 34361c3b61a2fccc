using System.Diagnostics;

namespace Vmbus.Tests.Channels;

public sealed class ManyChannelsTests
{
    [Fact]
    public void Five_hundred_pairs_exchange_packets_on_a_few_threads() => Exchange(500);

    [Fact]
    [Trait("Category", "Long")]
    public void Ten_thousand_pairs_exchange_packets_on_a_few_threads() => Exchange(10_000);

    [Fact]
    public void A_client_that_takes_any_instance_gets_the_server_that_came_first_and_then_the_next()
    {
        VmbusBus bus = VmbusBus.CreateInProcess();
        Guid type = Guid.NewGuid();
        VmbusChannel[] servers = [.. Enumerable.Range(1, 3).Select(i => Make(bus, type, i, isServer: true))];
        using VmbusChannel client = Make(bus, type, 0, isServer: false);
        servers[1].Enable();
        servers[0].Enable();
        servers[2].Enable();
        client.Enable();
        Await(() => servers[1].State == ChannelState.Opened, "the first that came");
        client.Disable();
        servers[1].Disable();
        client.Enable();
        Await(() => servers[0].State == ChannelState.Opened, "the next");
        Array.ForEach(servers, server => server.Dispose());
    }

    [Fact]
    public void A_freed_server_goes_to_the_client_that_waits_for_it()
    {
        VmbusBus bus = VmbusBus.CreateInProcess();
        Guid type = Guid.NewGuid();
        using VmbusChannel server = Make(bus, type, 1, isServer: true);
        using VmbusChannel any = Make(bus, type, 0, isServer: false);
        using VmbusChannel exact = Make(bus, type, 1, isServer: false);
        server.Enable();
        any.Enable();
        Await(() => any.State is not ChannelState.Enabled and not ChannelState.Disabled, "the first client");
        exact.Enable();
        any.Disable();
        Await(() => exact.State == ChannelState.Active || exact.State == ChannelState.Opened, "the waiting client");
    }

    private static void Exchange(int count)
    {
        VmbusBus bus = VmbusBus.CreateInProcess();
        Guid type = Guid.NewGuid();
        int answered = 0;
        int before = Process.GetCurrentProcess().Threads.Count;
        VmbusChannel[] servers = [.. Enumerable.Range(1, count).Select(i => Make(bus, type, i, isServer: true))];
        VmbusChannel[] clients = [.. Enumerable.Range(1, count).Select(i => Make(bus, type, i, isServer: false))];
        Array.ForEach(servers, server =>
        {
            server.Enable();
            server.Start();
        });
        Array.ForEach(clients, client => client.Enable());
        Await(() => Array.TrueForAll(servers, server => server.State == ChannelState.Active) && Array.TrueForAll(clients, client => client.State == ChannelState.Active), "all channels");
        byte[] payload = new byte[8];
        foreach (VmbusChannel client in clients)
        {
            VmbusPacket packet = client.AllocatePacket();
            packet.CompletionRoutine = (done, status, buffer) =>
            {
                if (status.IsSuccess() && buffer.Length == 8)
                {
                    Interlocked.Increment(ref answered);
                }

                done.Dispose();
            };
            Assert.Equal(NtStatus.Success, packet.Send(payload, VmbusSendFlags.WaitForCompletion));
        }

        Await(() => Volatile.Read(ref answered) == count, "all answers");

        // Dispatch threads, the pool's, the verifier's, and whatever tests beside this one start: not one a channel.
        int threads = Process.GetCurrentProcess().Threads.Count - before;
        Assert.InRange(threads, -before, Math.Min(count / 4, 100));
        Task.WaitAll([.. clients.Select(client => client.DisableAsync()), .. servers.Select(server => server.DisableAsync())], ChannelPair.Patience);
        Assert.All(servers, server => Assert.Equal(ChannelState.Disabled, server.State));
    }

    private static VmbusChannel Make(VmbusBus bus, Guid type, int instance, bool isServer)
    {
        VmbusChannel channel = new(bus, new VmbusChannelOptions
        {
            IsServer = isServer,
            InterfaceType = type,
            InterfaceInstance = instance == 0 ? Guid.Empty : new Guid(instance, 0, 0, new byte[8]),
            IncomingRingSize = 4096,
            OutgoingRingSize = 4096,
        });
        channel.SetCallbacks(new Echo());
        return channel;
    }

    private static void Await(Func<bool> condition, string what)
    {
        Stopwatch time = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(time.Elapsed < TimeSpan.FromSeconds(60), $"Waited in vain for {what}.");
            Thread.Sleep(2);
        }
    }

    private sealed class Echo : IChannelCallbacks
    {
        public void ProcessPacket(VmbusChannel channel, PacketCompletion packet, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags) => packet.Complete(buffer);
    }
}
