using System.Collections.Concurrent;
using Vmbus.Tests.SharedMemory;

namespace Vmbus.Tests.Channels;

public sealed class SubChannelTests
{
    [Fact]
    public void Sub_channels_have_rings_signals_and_processors_of_their_own()
    {
        using ChannelPair pair = new();
        pair.Open();
        int processors = Environment.ProcessorCount;
        ConcurrentDictionary<int, string?> threads = new();
        List<VmbusChannel> clients = [];
        for (int index = 1; index <= 3; index++)
        {
            VmbusChannel server = Add(pair.Server, index, new ScriptedCallbacks
            {
                OnPacket = (channel, packet, buffer, _) =>
                {
                    threads[channel.SubChannelIndex] = Thread.CurrentThread.Name;
                    packet.Complete(buffer);
                },
            });
            VmbusChannel client = Add(pair.Client, index, new ScriptedCallbacks());
            pair.Await(() => client.State == ChannelState.Active && server.State == ChannelState.Active, $"sub-channel {index}");
            Assert.Equal((pair.Server.TargetProcessor + index) % processors, server.TargetProcessor);
            clients.Add(client);
        }

        byte[] response = new byte[8];
        foreach (VmbusChannel client in clients)
        {
            Assert.Equal(NtStatus.Success, client.SendSynchronousRequest([(byte)client.SubChannelIndex], response, out _, ChannelPair.Patience));
            Assert.Equal(client.SubChannelIndex, response[0]);
        }

        Assert.Equal(0, pair.Server.Counters.PacketsDelivered);
        Assert.Equal(3, threads.Count);
        Assert.Equal(Math.Min(3, processors), threads.Values.Distinct().Count());
        Assert.Equal([1, 2, 3], pair.Client.SubChannels.Select(channel => channel.SubChannelIndex));
        Assert.All(pair.Client.SubChannels, channel => Assert.Same(pair.Client, channel.PrimaryChannel));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Sub_channels_close_before_their_primary_channel(bool serverCloses)
    {
        using ChannelPair pair = new();
        ConcurrentQueue<string> closed = new();
        pair.ServerCallbacks.OnClosed = _ => closed.Enqueue("server 0");
        pair.ClientCallbacks.OnClosed = _ => closed.Enqueue("client 0");
        pair.Open();
        VmbusChannel server = Add(pair.Server, 1, new ScriptedCallbacks { OnClosed = _ => closed.Enqueue("server 1") });
        VmbusChannel client = Add(pair.Client, 1, new ScriptedCallbacks { OnClosed = _ => closed.Enqueue("client 1") });
        pair.Await(() => client.State == ChannelState.Active && server.State == ChannelState.Active, "the sub-channel");
        (serverCloses ? pair.Server : pair.Client).Disable();
        pair.Await(() => closed.Count == 4 && server.State == ChannelState.Disabled && client.State == ChannelState.Disabled, "all to close");
        string[] order = [.. closed];
        Assert.True(Array.IndexOf(order, "server 1") < Array.IndexOf(order, "server 0"), string.Join(", ", order));
        Assert.True(Array.IndexOf(order, "client 1") < Array.IndexOf(order, "client 0"), string.Join(", ", order));

        // The primary channel opens again, and its sub-channel in it.
        if (serverCloses)
        {
            pair.Server.Enable();
            pair.Server.Start();
        }

        pair.Await(() => pair.Client.State == ChannelState.Disabled, "the client to fall back");
        pair.Client.Enable();
        pair.Await(() => pair.Client.State == ChannelState.Active && pair.Server.State == ChannelState.Active, "the second opening");
        server.Enable();
        server.Start();
        client.Enable();
        pair.Await(() => client.State == ChannelState.Active && server.State == ChannelState.Active, "the sub-channel of the second opening");
    }

    [Fact]
    public async Task A_primary_channel_waits_for_what_its_sub_channels_owe_and_names_them()
    {
        using ChannelPair pair = new(server: options => options with { OwedPacketReportTime = TimeSpan.FromMilliseconds(50) });
        ConcurrentQueue<string?> reports = new();
        pair.Server.OwedPacketsReported += (_, args) => reports.Enqueue(args.RunningCallback);
        pair.Open();
        PendingPacket pending = default;
        VmbusChannel server = Add(pair.Server, 7, new ScriptedCallbacks { OnPacket = (_, packet, _, _) => pending = packet.Pend() });
        VmbusChannel client = Add(pair.Client, 7, new ScriptedCallbacks());
        pair.Await(() => client.State == ChannelState.Active && server.State == ChannelState.Active, "the sub-channel");
        client.Send([1]);
        pair.Await(() => !pending.IsDefault, "the packet");
        Task disabled = pair.Server.DisableAsync();
        pair.Await(() => reports.Any(report => report?.Contains("sub-channel 7", StringComparison.Ordinal) == true), "the report");
        Assert.False(disabled.IsCompleted);
        pending.Complete();
        await disabled.WaitAsync(ChannelPair.Patience);
        Assert.Equal(ChannelState.Disabled, server.State);
    }

    [Fact]
    public void Misuse_throws_with_the_status()
    {
        using ChannelPair pair = new();
        VmbusChannel early = pair.Server.CreateSubChannel(1);
        early.SetCallbacks(new ScriptedCallbacks());
        Status(NtStatus.InvalidDeviceState, early.Enable);
        pair.Open();
        Status(NtStatus.InvalidParameter2, () => pair.Server.CreateSubChannel(0));
        Status(NtStatus.InvalidParameter2, () => pair.Server.CreateSubChannel(65536));
        Status(NtStatus.ObjectNameCollision, () => pair.Server.CreateSubChannel(1));
        Status(NtStatus.InvalidDeviceRequest, () => early.CreateSubChannel(2));
        Status(NtStatus.InvalidParameter2, () => pair.Server.CreateSubChannel(3, new VmbusChannelOptions { TargetProcessor = Environment.ProcessorCount }));
        early.Dispose();
        Assert.Empty(pair.Server.SubChannels);
        Assert.Equal(1, pair.Server.CreateSubChannel(1).SubChannelIndex);

        static void Status(NtStatus expected, Action call) => Assert.Equal(expected, Assert.Throws<VmbusException>(call).Status);
    }

    [Fact]
    public void A_callback_of_a_sub_channel_cannot_wait_for_the_primary_channel()
    {
        using ChannelPair pair = new();
        pair.Open();
        NtStatus? status = null;
        VmbusChannel server = Add(pair.Server, 1, new ScriptedCallbacks
        {
            OnPostStarted = _ => status = Assert.Throws<VmbusException>(pair.Server.Disable).Status,
        });
        VmbusChannel client = Add(pair.Client, 1, new ScriptedCallbacks());
        pair.Await(() => client.State == ChannelState.Active && server.State == ChannelState.Active && status is not null, "the callback");
        Assert.Equal(NtStatus.PossibleDeadlock, status);
    }

    [Fact]
    public async Task Whenever_the_primary_channel_closes_no_sub_channel_stays()
    {
        using ChannelPair pair = new();
        Random random = new(5);
        pair.Server.Enable();
        pair.Server.Start();
        VmbusChannel[] servers = [.. Enumerable.Range(1, 3).Select(pair.Server.WithSubChannel)];
        VmbusChannel[] clients = [.. Enumerable.Range(1, 3).Select(pair.Client.WithSubChannel)];
        for (int round = 0; round < 60; round++)
        {
            pair.Client.Enable();
            pair.Await(() => pair.Client.State == ChannelState.Active && pair.Server.State == ChannelState.Active, "the primary channel");
            Task closing = Task.Run(() =>
            {
                Thread.SpinWait(random.Next(20_000));
                pair.Client.Disable();
            });
            foreach (VmbusChannel channel in servers.Concat(clients))
            {
                try
                {
                    channel.Enable();
                    channel.Start();
                }
                catch (VmbusException exception) when (exception.Status == NtStatus.InvalidDeviceState)
                {
                    // The primary channel was faster.
                }
            }

            await closing.WaitAsync(ChannelPair.Patience);
            pair.Await(() => pair.Server.State == ChannelState.Closed, "the server to close");
            pair.Await(() => servers.Concat(clients).All(channel => channel.State == ChannelState.Disabled), "the sub-channels to leave");
        }
    }

    [Fact]
    public async Task Sub_channels_go_over_shared_memory()
    {
        using SharedHost host = new();
        using SharedMemoryBus guest = await SharedMemoryBus.ConnectAsync(host.Path);
        using VmbusChannel client = new(guest, new VmbusChannelOptions { InterfaceType = host.InterfaceType, FriendlyName = "guest" });
        client.SetCallbacks(new ScriptedCallbacks());
        client.Enable();
        SharedHost.Await(() => client.State == ChannelState.Active && host.Server.State == ChannelState.Active, () => $"the primary channel: {client.State}");
        Assert.Equal(host.Server.InterfaceInstance, client.InterfaceInstance);
        Add(host.Server, 2, new ScriptedCallbacks { OnPacket = (_, packet, buffer, _) => packet.Complete(buffer) });
        VmbusChannel sub = Add(client, 2, new ScriptedCallbacks());
        SharedHost.Await(() => sub.State == ChannelState.Active, () => $"the sub-channel: {sub.State}");
        Assert.Equal(NtStatus.Success, sub.SendSynchronousRequest(new byte[8], new byte[8], out _, ChannelPair.Patience));
        client.Disable();
        Assert.Equal(ChannelState.Disabled, sub.State);
    }

    private static VmbusChannel Add(VmbusChannel primary, int index, ScriptedCallbacks callbacks)
    {
        VmbusChannel channel = primary.CreateSubChannel(index);
        channel.SetCallbacks(callbacks);
        channel.Enable();
        channel.Start();
        return channel;
    }
}

file static class SubChannelCreation
{
    public static VmbusChannel WithSubChannel(this VmbusChannel primary, int index)
    {
        VmbusChannel channel = primary.CreateSubChannel(index);
        channel.SetCallbacks(new ScriptedCallbacks());
        return channel;
    }
}
