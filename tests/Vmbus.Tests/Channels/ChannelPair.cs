using System.Diagnostics;

namespace Vmbus.Tests.Channels;

/// <summary>A server and a client endpoint on a bus of their own.</summary>
internal sealed class ChannelPair : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly BusEnds? _ends;

    public ChannelPair(
        Func<VmbusChannelOptions, VmbusChannelOptions>? server = null,
        Func<VmbusChannelOptions, VmbusChannelOptions>? client = null,
        VmbusBusOptions? busOptions = null,
        VmbusBus? bus = null,
        VmbusBus? clientBus = null,
        BusKind kind = BusKind.InProcess)
    {
        VmbusChannelOptions options = new() { InterfaceType = Guid.NewGuid(), InterfaceInstance = Guid.NewGuid() };
        VmbusChannelOptions serverOptions = options with { IsServer = true, FriendlyName = "server" };
        VmbusChannelOptions clientOptions = options with { FriendlyName = "client" };
        _ends = bus is null ? BusEnds.Create(kind, busOptions) : null;
        Bus = bus ?? _ends!.Server;
        Server = new VmbusChannel(Bus, server is null ? serverOptions : server(serverOptions));
        Client = new VmbusChannel(clientBus ?? bus ?? _ends!.Client, client is null ? clientOptions : client(clientOptions));
        Server.SetCallbacks(ServerCallbacks);
        Client.SetCallbacks(ClientCallbacks);
    }

    /// <summary>The bus of the server, and of the client where it lives in one process.</summary>
    public VmbusBus Bus { get; }

    public VmbusChannel Server { get; }

    public VmbusChannel Client { get; }

    public ScriptedCallbacks ServerCallbacks { get; } = new();

    public ScriptedCallbacks ClientCallbacks { get; } = new();

    public ChannelPair Open()
    {
        Server.Enable();
        Server.Start();
        Client.Enable();
        Await(() => Server.State == ChannelState.Active && Client.State == ChannelState.Active, "both endpoints to become active");
        return this;
    }

    public void Await(Func<bool> condition, string what)
    {
        Stopwatch time = Stopwatch.StartNew();
        while (!condition())
        {
            if (time.Elapsed > Patience)
            {
                Assert.Fail($"Waited in vain for {what}. Server: {Server.State} {Server.Fault} {Server.Counters}; client: {Client.State} {Client.Fault} {Client.Counters}");
            }

            Thread.Sleep(1);
        }
    }

    public void Dispose()
    {
        Client.DisposeAsync().AsTask().Wait(Patience);
        Server.DisposeAsync().AsTask().Wait(Patience);
        _ends?.Dispose();
    }
}
