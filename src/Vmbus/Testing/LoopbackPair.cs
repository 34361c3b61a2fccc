using System.Threading.Channels;

namespace Vmbus.Testing;

/// <summary>
/// Both endpoints of a channel in one process, opened and running: what a test of a service or of a driver begins with. Every packet goes through a VMBus ring, and callbacks run
/// on the threads and at the levels that they have on any channel.
/// </summary>
/// <example><code>
/// await using LoopbackPair pair = LoopbackPair.Open(server: new DiskHandlers());
/// NtStatus status = pair.Request([1, 0, 0, 0]).As&lt;NtStatus&gt;();
/// </code></example>
public sealed class LoopbackPair : IAsyncDisposable, IDisposable
{
    private readonly Channel<ReadOnlyMemory<byte>> _received = System.Threading.Channels.Channel.CreateUnbounded<ReadOnlyMemory<byte>>();
    private readonly TimeSpan _patience;
    private bool _disposed;

    private LoopbackPair(IChannelCallbacks server, IChannelCallbacks? client, LoopbackOptions options)
    {
        _patience = options.Patience;
        Bus = VmbusBus.CreateInProcess(options.Bus);
        VmbusChannelOptions ids = new() { InterfaceType = Guid.NewGuid(), InterfaceInstance = Guid.NewGuid() };
        Server = NewEndpoint(ids with { IsServer = true, FriendlyName = "server" }, options.Server, server);
        Client = NewEndpoint(ids with { FriendlyName = "client" }, options.Client, client ?? new Recorder(_received.Writer));
    }

    /// <summary>The bus of the pair.</summary>
    public VmbusBus Bus { get; }

    /// <summary>The endpoint that offers.</summary>
    public VmbusChannel Server { get; }

    /// <summary>The endpoint that opens.</summary>
    public VmbusChannel Client { get; }

    /// <summary>Makes the pair and waits until both endpoints are active. PASSIVE_LEVEL.</summary>
    /// <param name="server">The callbacks of the server endpoint.</param>
    /// <param name="client">
    /// The callbacks of the client endpoint; <see langword="null"/>: callbacks that complete every packet and keep its bytes for <see cref="ReceiveAsync"/>.
    /// </param>
    /// <param name="options">How the endpoints differ from ordinary ones.</param>
    /// <returns>The pair; dispose it.</returns>
    /// <exception cref="TestExpectationException">The channel did not open in time.</exception>
    /// <exception cref="VmbusException">An option is out of range.</exception>
    [IrqlRequiresMax(Irql.Passive)]
    public static LoopbackPair Open(IChannelCallbacks server, IChannelCallbacks? client = null, LoopbackOptions? options = null)
    {
        ArgumentChecks.RequireNotNull(server);
        LoopbackPair pair = new(server, client, options ?? new LoopbackOptions());
        pair.Open();
        return pair;
    }

    /// <summary>Opens the pair again after one side closed it. PASSIVE_LEVEL.</summary>
    /// <exception cref="TestExpectationException">The channel did not close, or did not open, in time.</exception>
    [IrqlRequiresMax(Irql.Passive)]
    public void Reopen()
    {
        Close();
        Open();
    }

    /// <summary>Sends a request from the client and waits for its completion. PASSIVE_LEVEL.</summary>
    /// <param name="payload">The payload.</param>
    /// <returns>The answer.</returns>
    [IrqlRequiresMax(Irql.Passive)]
    public PeerResponse Request(ReadOnlySpan<byte> payload)
    {
        byte[] response = new byte[Server.Options.MaximumPacketSize];
        NtStatus status = Client.SendSynchronousRequest(payload, response, out int written, _patience);
        return new PeerResponse(status, response.AsMemory(0, written));
    }

    /// <summary>As <see cref="Request(ReadOnlySpan{byte})"/>, with the bytes of a structure.</summary>
    /// <typeparam name="T">The structure.</typeparam>
    /// <param name="payload">The payload.</param>
    /// <returns>The answer.</returns>
    [IrqlRequiresMax(Irql.Passive)]
    public PeerResponse Request<T>(in T payload)
        where T : unmanaged
        => Request(System.Runtime.InteropServices.MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in payload)));

    /// <summary>As <see cref="Request(ReadOnlySpan{byte})"/>, with external data. PASSIVE_LEVEL.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="externalData">Memory that the server reads and writes in place until it completes the packet.</param>
    /// <param name="isReadOnly">Whether the server is told that it may only read it.</param>
    /// <returns>The answer.</returns>
    [IrqlRequiresMax(Irql.Passive)]
    public PeerResponse Request(ReadOnlySpan<byte> payload, Memory<byte> externalData, bool isReadOnly = false)
    {
        KernelIrql.RequirePassive("LoopbackPair.Request", "It waits for the answer; send a VmbusPacket of Client instead.");
        VmbusPacket packet = Client.AllocatePacket();
        packet.SetExternalData(externalData, isReadOnly);
        NtStatus sent = PeerRequest.Send(packet, payload, out Task<PeerResponse> answer);
        return !sent.IsSuccess() ? new PeerResponse(sent, default)
            : answer.Wait(_patience) ? answer.Result
            : throw Late("The server to complete the request");
    }

    /// <summary>The next packet that the server sent by itself, in their order; for pairs without callbacks of their own on the client.</summary>
    /// <param name="patience">How long to wait, real time; <see langword="null"/>: as long as the pair waits for everything.</param>
    /// <returns>The packet's bytes, with the padding of the wire.</returns>
    /// <exception cref="TestExpectationException">None came in time.</exception>
    public async Task<ReadOnlyMemory<byte>> ReceiveAsync(TimeSpan? patience = null)
    {
        using CancellationTokenSource timeout = new(patience ?? _patience);
        try
        {
            return await _received.Reader.ReadAsync(timeout.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw Late("A packet from the server", patience);
        }
    }

    /// <summary>Closes the channel, from the client, and waits until both endpoints are down. PASSIVE_LEVEL.</summary>
    /// <exception cref="TestExpectationException">Packets are still owed when the time is up; the message names them.</exception>
    [IrqlRequiresMax(Irql.Passive)]
    public void Close()
    {
        KernelIrql.RequirePassive("LoopbackPair.Close", "It waits for owed packets; call it at PASSIVE_LEVEL, or use CloseAsync.");
        CloseAsync().GetAwaiter().GetResult();
    }

    /// <inheritdoc cref="Close"/>
    /// <returns>Ends when both endpoints are down.</returns>
    public async Task CloseAsync()
    {
        try
        {
            await Client.DisableAsync().WaitAsync(_patience).ConfigureAwait(false);
            await Server.DisableAsync().WaitAsync(_patience).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw Late("The channel to close");
        }
    }

    /// <summary>As <see cref="Close"/>, and gives the endpoints up. PASSIVE_LEVEL.</summary>
    /// <exception cref="TestExpectationException">Packets are still owed when the time is up; the message names them.</exception>
    [IrqlRequiresMax(Irql.Passive)]
    public void Dispose()
    {
        if (!_disposed)
        {
            KernelIrql.RequirePassive("LoopbackPair.Dispose", "It waits for owed packets; call it at PASSIVE_LEVEL, or use DisposeAsync.");
            _disposed = true;
            Close();
            Client.Dispose();
            Server.Dispose();
        }
    }

    /// <inheritdoc cref="Dispose"/>
    /// <returns>Ends when both endpoints are down.</returns>
    public async ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;
            await CloseAsync().ConfigureAwait(false);
            await Client.DisposeAsync().ConfigureAwait(false);
            await Server.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static string Describe(VmbusChannel channel)
    {
        string owed = string.Join(", ", channel.GetOwedPackets());
        return $"{channel} is {channel.State}{(channel.Fault is { } fault ? $", stopped because of: {fault.Message}" : "")}{(owed.Length != 0 ? $", owes {owed}" : "")}";
    }

    private VmbusChannel NewEndpoint(VmbusChannelOptions options, Func<VmbusChannelOptions, VmbusChannelOptions>? change, IChannelCallbacks callbacks)
    {
        VmbusChannel channel = new(Bus, change is null ? options : change(options));
        channel.SetCallbacks(callbacks);
        return channel;
    }

    private void Open()
    {
        Server.Enable();
        Server.Start();
        Client.Enable();
        if (!SpinWait.SpinUntil(() => Server.State == ChannelState.Active && Client.State == ChannelState.Active, _patience))
        {
            throw Late("Both endpoints to become active");
        }
    }

    private TestExpectationException Late(string what, TimeSpan? patience = null) => new($"{what} took longer than {patience ?? _patience}. {Describe(Server)}; {Describe(Client)}.");

    /// <summary>The other end where a test does not care: it takes everything and keeps it.</summary>
    private sealed class Recorder(ChannelWriter<ReadOnlyMemory<byte>> received) : IChannelCallbacks
    {
        public void ProcessPacket(VmbusChannel channel, PacketCompletion packet, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags)
        {
            // The writer of an unbounded channel always takes.
            received.TryWrite(buffer.ToArray());
            packet.Complete();
        }
    }
}
