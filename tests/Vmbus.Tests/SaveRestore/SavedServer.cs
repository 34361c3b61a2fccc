using System.Buffers;
using System.Collections.Concurrent;
using Vmbus.Tests.Channels;

namespace Vmbus.Tests.SaveRestore;

/// <summary>A client, and the servers that serve it one after the other, each restored from what the one before saved.</summary>
internal sealed class SavedServer : IDisposable
{
    private readonly VmbusChannelOptions _options;
    private readonly ConcurrentQueue<PendingPacket> _owed = new();

    private readonly BusEnds _ends;

    public SavedServer(int serverToClientRing = 64 * 1024, Func<VmbusChannelOptions, VmbusChannelOptions>? server = null, BusKind kind = BusKind.InProcess)
    {
        _ends = BusEnds.Create(kind);
        _options = new VmbusChannelOptions { IsServer = true, InterfaceType = Guid.NewGuid(), InterfaceInstance = Guid.NewGuid(), FriendlyName = "server" };
        _options = server is null ? _options : server(_options);
        Client = new VmbusChannel(_ends.Client, _options with { IsServer = false, FriendlyName = "client", IncomingRingSize = serverToClientRing });
        ClientCallbacks.OnPacket = (_, packet, _, _) => _owed.Enqueue(packet.Pend());
        Client.SetCallbacks(ClientCallbacks);
        Server = NewServer();
    }

    /// <summary>The bus of the servers.</summary>
    public VmbusBus Bus => _ends.Server;

    /// <summary>Waits until what was said over the bus so far has been heard: an opening that is asked for now is answered after it.</summary>
    public void AwaitTheBus()
    {
        using ChannelPair pair = new(bus: _ends.Server, clientBus: _ends.Client);
        pair.Open();
    }

    public BusEnds Ends => _ends;

    public VmbusChannel Client { get; }

    public ScriptedCallbacks ClientCallbacks { get; } = new();

    public VmbusChannel Server { get; private set; }

    public SavingCallbacks Callbacks { get; private set; } = new();

    public SavedServer Open()
    {
        Server.Enable();
        Server.Start();
        Client.Enable();
        Await(() => Server.State == ChannelState.Active && Client.State == ChannelState.Active, "both endpoints to become active");
        return this;
    }

    /// <summary>Takes packets that the client has pended, as it does unless a test says otherwise.</summary>
    public PendingPacket[] TakeOwed(int count)
    {
        Await(() => _owed.Count >= count, $"{count} packets at the client");
        return [.. Enumerable.Range(0, count).Select(_ => _owed.TryDequeue(out PendingPacket packet) ? packet : default)];
    }

    /// <summary>Sends a packet with a name.</summary>
    public VmbusPacket Send(string name, VmbusSendFlags flags = VmbusSendFlags.WaitForCompletion, byte[]? payload = null)
    {
        VmbusPacket packet = Server.AllocatePacket();
        packet.Context = name;
        Assert.Equal(NtStatus.Success, packet.Send(payload ?? [(byte)name.Length], flags));
        return packet;
    }

    public byte[] Save()
    {
        Server.Pause();
        ArrayBufferWriter<byte> state = new();
        Server.Save(state);
        return state.WrittenSpan.ToArray();
    }

    /// <summary>Another server, not enabled yet, in place of the present one, which leaves the bus.</summary>
    public void Replace()
    {
        Server.Dispose();
        Callbacks = new SavingCallbacks();
        Server = NewServer();
    }

    /// <summary>Saves the server and goes on with another one, restored and started.</summary>
    public void Move()
    {
        byte[] state = Save();
        Replace();
        Assert.Equal(NtStatus.Success, Server.RestoreFromBuffer(state));
        Server.Enable();
        Server.Start();
        Await(() => Server.State == ChannelState.Active, "the restored server to become active");
    }

    public void Await(Func<bool> condition, string what)
        => Assert.True(SpinWait.SpinUntil(condition, ChannelPair.Patience), $"Waited in vain for {what}. Server: {Server.State} {Server.Fault}; client: {Client.State} {Client.Fault}");

    public void Dispose()
    {
        Task closing = Client.DisableAsync();
        while (_owed.TryDequeue(out PendingPacket packet))
        {
            packet.Complete();
        }

        closing.Wait(ChannelPair.Patience);
        Server.DisposeAsync().AsTask().Wait(ChannelPair.Patience);
        _ends.Dispose();
    }

    private VmbusChannel NewServer()
    {
        VmbusChannel server = new(Bus, _options);
        server.SetCallbacks(Callbacks);
        return server;
    }
}
