using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Vmbus;

/// <summary>The host's side: server endpoints, and one guest at a time.</summary>
internal sealed class SharedMemoryHost : SharedMemoryBus, IBusPartner
{
    /// <summary>How long whoever connects may take to say that it is a guest.</summary>
    private static readonly TimeSpan ContactTime = TimeSpan.FromSeconds(10);

    private readonly ContactListener _listener;
    private readonly Dictionary<EndpointIds, HostPort> _ports = [];

    /// <summary>By channel id; an id that the guest has not let go has no port and is not free.</summary>
    private readonly HostPort?[] _byChannelId = new HostPort?[SharedMemoryLayout.MaximumChannelId + 1];
    private readonly HashSet<uint> _rescinded = [];
    private uint _lastChannelId;

    /// <summary>Whether there is a guest, or one is being told where the memory is.</summary>
    private bool _isTaken;
    private volatile BusSession? _session;

    public SharedMemoryHost(string path, VmbusBusOptions options)
        : base(path, options)
    {
        _listener = new ContactListener(path, ContactAsync, options.TimeProvider);
    }

    /// <summary>Guards what the ports and the session's thread share.</summary>
    public Lock Sync { get; } = new();

    public override bool IsHost => true;

    public override bool IsConnected => _session is not null;

    public override Task WhenDisconnected => _session?.WhenEnded ?? Task.CompletedTask;

    public override IGuestMemory GuestMemory => _session?.GuestMemory ?? NoGuestMemory.Instance;

    private protected override GuestMemoryBlock AllocateMemory(int length)
        => throw new VmbusException(NtStatus.InvalidDeviceRequest, "AllocateGuestMemory was called on the host's side of a bus: the guest has the memory.");

    public override async ValueTask DisposeAsync()
    {
        if (!await _listener.CloseAsync().ConfigureAwait(false))
        {
            return;
        }

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

        lock (Sync)
        {
            if (_ports.TryGetValue(endpoint.Ids, out HostPort? present))
            {
                if (!present.IsStanding)
                {
                    throw new VmbusException(NtStatus.ObjectNameCollision, $"The bus already has a {endpoint.Ids}. Disable that one first, or use another instance.");
                }

                if (present.Resume(endpoint) is { } resumed)
                {
                    Enter(resumed);
                    return resumed;
                }
            }

            HostPort port = new(this, endpoint, TakeChannelId());
            Enter(port);
            if (_session is { } session)
            {
                port.OfferTo(session);
            }

            return port;
        }
    }

    /// <summary>A port leaves, and its offer with it. Under the lock.</summary>
    public void Withdraw(HostPort port)
    {
        if (_ports.TryGetValue(port.Endpoint.Ids, out HostPort? present) && ReferenceEquals(present, port))
        {
            _ports.Remove(port.Endpoint.Ids);
            ForgetChannelId(port);
        }
    }

    /// <summary>The offer of a port was withdrawn for another of the same port. Under the lock.</summary>
    /// <returns>The channel id of the new offer.</returns>
    public uint Renew(HostPort port)
    {
        ForgetChannelId(port);
        uint channelId = TakeChannelId();
        Volatile.Write(ref _byChannelId[channelId], port);
        return channelId;
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

        lock (Sync)
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
        NoteDisconnect(reason);
        lock (Sync)
        {
            _session = null;
            _isTaken = false;
            _rescinded.Clear();
            foreach (HostPort port in _ports.Values.ToArray())
            {
                port.GuestHasGone();
            }
        }
    }

    private void Enter(HostPort port)
    {
        _ports[port.Endpoint.Ids] = port;
        Volatile.Write(ref _byChannelId[port.ChannelId], port);
    }

    /// <summary>No port has the channel id any more; it is free when the guest has let it go.</summary>
    private void ForgetChannelId(HostPort port)
    {
        Volatile.Write(ref _byChannelId[port.ChannelId], null);
        if (_session is not null)
        {
            _rescinded.Add(port.ChannelId);
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

    /// <summary>Whoever has connected may become the guest.</summary>
    private async Task ContactAsync(Socket socket, CancellationToken closing)
    {
        bool isGuest = false;
        bool hasBegun = false;
        SharedMapping? memory = null;
        try
        {
            using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(closing);
            patience.CancelAfter(ContactTime);
            ControlMessage contact = await Handshake.ReceiveAsync(socket, patience.Token).ConfigureAwait(false);
            bool isKnown = contact.Type == ControlMessageType.InitiateContact && contact.ProtocolVersion == ControlMessage.Version;
            isGuest = isKnown && TryTake();
            NtStatus status = !isKnown ? NtStatus.NotSupported : isGuest ? NtStatus.Success : NtStatus.InvalidDeviceState;
            ControlMessage response = new() { Type = ControlMessageType.VersionResponse, Status = status, ProtocolVersion = ControlMessage.Version };
            if (isGuest)
            {
                memory = SharedMapping.Create(Options.GuestMemorySize);
                response.MemorySize = memory.Layout.Size;
                response.Name = memory.Name;
            }

            await Handshake.SendAsync(socket, response, patience.Token).ConfigureAwait(false);
            if (memory is not null)
            {
                Begin(new BusSession(new ControlStream(socket), memory, this, isHost: true));
                hasBegun = true;
            }
        }
        catch (Exception exception) when (exception is SocketException or IOException or OperationCanceledException && (memory is not null || !isGuest))
        {
            // It did not speak as a guest does, or has gone. The next one may. That there is no memory for it is another matter.
        }
        finally
        {
            // Whatever went wrong, the next guest finds its place free.
            if (!hasBegun)
            {
                socket.Dispose();
                memory?.Forget();
                if (isGuest)
                {
                    LeavePlace();
                }
            }
        }
    }

    /// <returns>Whether there is no other guest.</returns>
    private bool TryTake()
    {
        lock (Sync)
        {
            return !_isTaken && (_isTaken = true);
        }
    }

    private void LeavePlace()
    {
        lock (Sync)
        {
            _session = null;
            _isTaken = false;
        }
    }

    private void Begin(BusSession session)
    {
        NoteDisconnect(null);
        lock (Sync)
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
