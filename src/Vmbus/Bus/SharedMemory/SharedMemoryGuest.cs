using System.Net.Sockets;
using Vmbus.Ring;

namespace Vmbus;

/// <summary>The guest's side: client endpoints, and the memory.</summary>
internal sealed class SharedMemoryGuest : SharedMemoryBus, IBusPartner
{
    private readonly PortTable<GuestEntry> _entries = new();
    private readonly GuestEntry?[] _offers = new GuestEntry?[SharedMemoryLayout.MaximumChannelId + 1];

    /// <summary>The openings whose rings the host uses.</summary>
    private readonly Dictionary<(uint ChannelId, uint OpenId), GuestOpening> _openings = [];

    /// <summary>GPADLs that the host was told to tear down. Their clients may have left before it answers, which it does when its server has unmapped them.</summary>
    private readonly Dictionary<(uint ChannelId, uint OpenId, uint Handle), TaskCompletionSource<bool>> _tearing = [];
    private uint _lastOpenId;
    private bool _hasEnded;

    private SharedMemoryGuest(string path, VmbusBusOptions options, Socket socket, SharedMapping memory)
        : base(path, options)
    {
        Session = new BusSession(new ControlStream(socket), memory, this, isHost: false);
        Pages = new GuestPages(memory);
    }

    public override bool IsHost => false;

    public override bool IsConnected => !Volatile.Read(ref _hasEnded);

    public override Task WhenDisconnected => Session.WhenEnded;

    public override IGuestMemory GuestMemory => Session.GuestMemory;

    /// <summary>The connection with the host.</summary>
    public BusSession Session { get; }

    /// <summary>The pages.</summary>
    public GuestPages Pages { get; }

    /// <summary>Guards what the ports and the session's thread share.</summary>
    public Lock Sync { get; } = new();

    public static new async Task<SharedMemoryBus> ConnectAsync(string path, VmbusBusOptions options, CancellationToken cancellationToken)
    {
        // Before the host gives its one place to a guest that will not be.
        options.Validate();
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken).ConfigureAwait(false);
            await Handshake.SendAsync(socket, new ControlMessage { Type = ControlMessageType.InitiateContact, ProtocolVersion = ControlMessage.Version }, cancellationToken).ConfigureAwait(false);
            ControlMessage response = await Handshake.ReceiveAsync(socket, cancellationToken).ConfigureAwait(false);
            if (response.Type != ControlMessageType.VersionResponse || !response.Status.IsSuccess() || !SharedMemoryLayout.IsSize(response.MemorySize))
            {
                throw new VmbusException(
                    response.Status.IsSuccess() ? NtStatus.DataError : response.Status,
                    response.Status == NtStatus.InvalidDeviceState ? $"The host at {path} has a guest already." : $"What listens at {path} is no host of this version: {response.Type}, {response.Status}.");
            }

            SharedMemoryGuest bus = new(path, options, socket, SharedMapping.Open(response.Name, response.MemorySize));
            bus.Session.Send(new ControlMessage { Type = ControlMessageType.MemoryMapped });
            bus.Session.Start("VMBus host");
            return bus;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private protected override GuestMemoryBlock AllocateMemory(int length)
    {
        ArgumentChecks.RequireRange(length, 1, int.MaxValue);
        int pages = (int)(((long)length + RingMemory.PageSize - 1) / RingMemory.PageSize);
        int first = AllocatePages(pages, $"{length} bytes");
        Session.Memory.Memory.Span.Slice(first * RingMemory.PageSize, pages * RingMemory.PageSize).Clear();
        Pages.SetAccess(first, pages, PageAccess.ReadWrite);
        return new GuestMemoryBlock(Session.Memory, Pages, first, pages, length);
    }

    public override async ValueTask DisposeAsync()
    {
        Session.Close();
        await Session.WhenEnded.ConfigureAwait(false);
    }

    /// <summary>Takes a row of pages.</summary>
    /// <exception cref="VmbusException">There is none.</exception>
    public int AllocatePages(int count, string what)
    {
        int first = Pages.Allocate(count);
        return first != 0 ? first : throw new VmbusException(
            NtStatus.InsufficientResources,
            $"The shared memory of {Session.Memory.Layout.Size} bytes has no {count} free pages in a row for {what}. Let the host be made with a larger VmbusBusOptions.GuestMemorySize.");
    }

    public uint NextOpenId() => Interlocked.Increment(ref _lastOpenId);

    /// <summary>The host is told of rings. Under the lock.</summary>
    public void Opened(uint channelId, GuestOpening opening) => _openings.Add((channelId, opening.Id), opening);

    /// <summary>The host is told to tear a GPADL down. Under the lock.</summary>
    /// <returns>Ends when it has; false: its server has gone.</returns>
    public Task<bool> ExpectTorndown(uint channelId, uint openId, uint handle)
    {
        TaskCompletionSource<bool> torn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _tearing.Add((channelId, openId, handle), torn);
        return torn.Task;
    }

    public void Detach(GuestPort port)
    {
        lock (Sync)
        {
            port.Close();
            if (!_entries.Remove(port.Entry))
            {
                return;
            }

            if (port.Entry.Peer is { } offer)
            {
                port.Entry.Peer = null;
                offer.Peer = null;
                Pair(offer);
            }
        }
    }

    internal override BusPort Attach(IBusEndpoint endpoint)
    {
        if (endpoint.Ids.IsServer)
        {
            throw new VmbusException(NtStatus.InvalidDeviceRequest, $"The guest's side of a bus over shared memory has client endpoints only; the {endpoint.Ids} belongs on the host's side.");
        }

        GuestPort port = new(this, endpoint);
        lock (Sync)
        {
            if (_hasEnded)
            {
                throw new VmbusException(NtStatus.DeviceRemoved, $"The host of the bus at {Path} has gone. Connect anew with SharedMemoryBus.ConnectAsync.");
            }

            if (!_entries.TryAdd(port.Entry))
            {
                throw new VmbusException(NtStatus.ObjectNameCollision, $"The bus already has a {endpoint.Ids}. Disable that one first, or use another instance.");
            }

            Pair(port.Entry);
        }

        return port;
    }

    string? IBusPartner.Received(BusSession session, in ControlMessage message)
    {
        if (message.ChannelId is 0 or > SharedMemoryLayout.MaximumChannelId)
        {
            return $"a message of type {message.Type} for channel {message.ChannelId}, which cannot be";
        }

        lock (Sync)
        {
            switch (message.Type)
            {
                case ControlMessageType.OfferChannel:
                    return Offered(in message);
                case ControlMessageType.RescindOffer:
                    return Rescinded(message.ChannelId);
                case ControlMessageType.RingsReleased:
                    if (_openings.Remove((message.ChannelId, message.OpenId), out GuestOpening? opening))
                    {
                        opening.Release();
                    }

                    return null;
                case ControlMessageType.GpadlTorndown:
                    if (_tearing.Remove((message.ChannelId, message.OpenId, message.GpadlHandle), out TaskCompletionSource<bool>? torn))
                    {
                        torn.SetResult(true);
                    }

                    return null;
                default:
                    // An answer for a client that has left by now concerns nobody.
                    return _offers[message.ChannelId]?.Peer?.Port?.Received(in message);
            }
        }
    }

    void IBusPartner.Signaled(BusSession session, uint channelId) => Volatile.Read(ref _offers[channelId])?.Peer?.Port?.Endpoint.Signaled();

    void IBusPartner.Ended(BusSession session, string? reason)
    {
        NoteDisconnect(reason);
        lock (Sync)
        {
            _hasEnded = true;
            for (uint i = 0; i < _offers.Length; i++)
            {
                if (_offers[i] is not null)
                {
                    Remove(i);
                }
            }
        }
    }

    private string? Offered(in ControlMessage message)
    {
        EndpointIds ids = new(IsServer: true, message.InterfaceType, message.InterfaceInstance, (int)message.SubChannelIndex);
        if (message.Offer is not { } said)
        {
            return $"channel {message.ChannelId}, a {ids}, was offered with values that cannot be";
        }

        GuestEntry offer = new(ids, message.ChannelId, port: null, said);
        if (_offers[message.ChannelId] is not null || message.SubChannelIndex > ushort.MaxValue || !_entries.TryAdd(offer))
        {
            return $"channel {message.ChannelId}, a {ids}, was offered twice";
        }

        Volatile.Write(ref _offers[message.ChannelId], offer);
        Pair(offer);
        return null;
    }

    private string? Rescinded(uint channelId)
    {
        if (_offers[channelId] is null)
        {
            return $"channel {channelId} was rescinded, and not offered";
        }

        Remove(channelId);
        Session.Send(new ControlMessage { Type = ControlMessageType.RelidReleased, ChannelId = channelId });
        return null;
    }

    private void Remove(uint channelId)
    {
        GuestEntry offer = _offers[channelId]!;
        Volatile.Write(ref _offers[channelId], null);
        _entries.Remove(offer);
        foreach (((uint ChannelId, uint OpenId, uint Handle) key, TaskCompletionSource<bool> torn) in _tearing)
        {
            if (key.ChannelId == channelId)
            {
                _tearing.Remove(key);
                torn.SetResult(false);
            }
        }

        if (offer.Peer is { } client)
        {
            offer.Peer = null;
            client.Peer = null;
            client.Port!.HostHasGone();
            if (!_hasEnded)
            {
                Pair(client);
            }
        }
    }

    /// <summary>Brings a free entry together with a free one of fitting ids, if there is one.</summary>
    private void Pair(GuestEntry entry)
    {
        if (_entries.FindPeer(entry) is { } peer)
        {
            entry.Peer = peer;
            peer.Peer = entry;
            (GuestEntry offer, GuestEntry client) = entry.Port is null ? (entry, peer) : (peer, entry);
            client.Port!.Endpoint.Offered(offer.Ids.InterfaceInstance);
        }
    }
}
