using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Vmbus;

/// <summary>The host's side: server endpoints, and one guest at a time.</summary>
internal sealed class SharedMemoryHost : SharedMemoryBus, IBusPartner
{
    private static readonly TimeSpan ContactTime = TimeSpan.FromSeconds(10);

    private readonly Socket _listener;
    private readonly CancellationTokenSource _disposed = new();
    private readonly Lock _sync = new();
    private readonly Dictionary<EndpointIds, HostPort> _ports = [];

    /// <summary>By channel id; an id that the guest has not let go has no port and is not free.</summary>
    private readonly HostPort?[] _byChannelId = new HostPort?[SharedMemoryLayout.MaximumChannelId + 1];
    private readonly HashSet<uint> _rescinded = [];
    private readonly Task _accepting;
    private uint _lastChannelId;
    private volatile BusSession? _session;

    public SharedMemoryHost(string path, VmbusBusOptions options)
        : base(path, options)
    {
        _listener = ListeningSocket.Create(path);
        _accepting = AcceptAsync();
    }

    public override bool IsHost => true;

    public override bool IsConnected => _session is not null;

    public override Task WhenDisconnected => _session?.WhenEnded ?? Task.CompletedTask;

    public override IGuestMemory GuestMemory => _session?.GuestMemory ?? NoGuestMemory.Instance;

    public override GuestMemoryBlock AllocateGuestMemory(int length)
        => throw new VmbusException(NtStatus.InvalidDeviceRequest, "AllocateGuestMemory was called on the host's side of a bus: the guest has the memory.");

    public override async ValueTask DisposeAsync()
    {
        if (_disposed.IsCancellationRequested)
        {
            return;
        }

        await _disposed.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _accepting.ConfigureAwait(false);
        if (_session is { } session)
        {
            session.Close();
            await session.WhenEnded.ConfigureAwait(false);
        }

        File.Delete(Path);
    }

    internal override BusPort Attach(IBusEndpoint endpoint)
    {
        if (!endpoint.Ids.IsServer)
        {
            throw new VmbusException(NtStatus.InvalidDeviceRequest, $"The host's side of a bus over shared memory has server endpoints only; the {endpoint.Ids} belongs on the guest's side.");
        }

        lock (_sync)
        {
            if (_ports.ContainsKey(endpoint.Ids))
            {
                throw new VmbusException(NtStatus.ObjectNameCollision, $"The bus already has a {endpoint.Ids}. Disable that one first, or use another instance.");
            }

            uint channelId = TakeChannelId();
            HostPort port = new(_sync, endpoint, channelId, Withdraw);
            _ports.Add(endpoint.Ids, port);
            Volatile.Write(ref _byChannelId[channelId], port);
            if (_session is { } session)
            {
                port.OfferTo(session);
            }

            return port;
        }
    }

    string? IBusPartner.Received(BusSession session, in ControlMessage message)
    {
        if (message.Type == ControlMessageType.MemoryMapped)
        {
            session.Memory.Forget();
            return null;
        }

        if (message.ChannelId is 0 or > SharedMemoryLayout.MaximumChannelId)
        {
            return $"a message of type {message.Type} for channel {message.ChannelId}, which cannot be";
        }

        lock (_sync)
        {
            if (message.Type == ControlMessageType.RelidReleased)
            {
                return _rescinded.Remove(message.ChannelId) ? null : $"it released channel {message.ChannelId}, which is not rescinded";
            }

            if (_byChannelId[message.ChannelId] is { } port)
            {
                return port.Received(session, in message);
            }

            if (!_rescinded.Contains(message.ChannelId))
            {
                return $"a message of type {message.Type} for channel {message.ChannelId}, which was not offered";
            }

            // Under way while the offer was withdrawn.
            HostPort.AnswerForNobody(session, in message);
            return null;
        }
    }

    void IBusPartner.Signaled(BusSession session, uint channelId) => Volatile.Read(ref _byChannelId[channelId])?.Endpoint.Signaled();

    void IBusPartner.Ended(BusSession session, string? reason)
    {
        lock (_sync)
        {
            _session = null;
            _rescinded.Clear();
            foreach (HostPort port in _ports.Values)
            {
                port.GuestHasGone();
            }
        }
    }

    private void Withdraw(HostPort port)
    {
        if (_ports.Remove(port.Endpoint.Ids))
        {
            Volatile.Write(ref _byChannelId[port.ChannelId], null);
            if (_session is not null)
            {
                _rescinded.Add(port.ChannelId);
            }
        }
    }

    private uint TakeChannelId()
    {
        for (uint i = 0; i < SharedMemoryLayout.MaximumChannelId; i++)
        {
            _lastChannelId = (_lastChannelId % SharedMemoryLayout.MaximumChannelId) + 1;
            if (_byChannelId[_lastChannelId] is null && !_rescinded.Contains(_lastChannelId))
            {
                return _lastChannelId;
            }
        }

        throw new VmbusException(NtStatus.InsufficientResources, $"The bus has {SharedMemoryLayout.MaximumChannelId} channels already.");
    }

    private async Task AcceptAsync()
    {
        while (!_disposed.IsCancellationRequested)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptAsync(_disposed.Token).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }

            try
            {
                await ContactAsync(socket).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is SocketException or IOException or OperationCanceledException)
            {
                // It did not speak as a guest does, or has gone. The next one may.
                socket.Dispose();
            }
        }
    }

    private async Task ContactAsync(Socket socket)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(_disposed.Token);
        patience.CancelAfter(ContactTime);
        ControlMessage contact = await Handshake.ReceiveAsync(socket, patience.Token).ConfigureAwait(false);
        NtStatus status = contact.Type != ControlMessageType.InitiateContact || contact.ProtocolVersion != ControlMessage.Version ? NtStatus.NotSupported
            : _session is not null ? NtStatus.InvalidDeviceState
            : NtStatus.Success;
        ControlMessage response = new() { Type = ControlMessageType.VersionResponse, Status = status, ProtocolVersion = ControlMessage.Version };
        if (!status.IsSuccess())
        {
            await Handshake.SendAsync(socket, response, patience.Token).ConfigureAwait(false);
            socket.Dispose();
            return;
        }

        SharedMapping memory = SharedMapping.Create(Options.GuestMemorySize);
        response.MemorySize = memory.Layout.Size;
        response.Name = memory.Name;
        await Handshake.SendAsync(socket, response, patience.Token).ConfigureAwait(false);
        BusSession session = new(new ControlStream(socket), memory, this, isHost: true);
        lock (_sync)
        {
            _session = session;
            foreach (HostPort port in _ports.Values)
            {
                port.OfferTo(session);
            }
        }

        session.Start("VMBus guest");
    }
}
