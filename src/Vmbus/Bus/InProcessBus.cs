using Vmbus.Ring;

namespace Vmbus;

/// <summary>A bus whose endpoints live in one process. It pairs endpoints and hands control messages and signals on; it never looks into a ring.</summary>
internal sealed class InProcessBus(VmbusBusOptions options) : VmbusBus(options)
{
    private readonly SimulatedGuestMemory _memory = new();
    private readonly Lock _sync = new();
    private readonly PortTable<Port> _ports = new();

    public override IGuestMemory GuestMemory => _memory;

    internal override BusPort Attach(IBusEndpoint endpoint)
    {
        Port port = new(this, endpoint);
        lock (_sync)
        {
            if (!_ports.TryAdd(port))
            {
                throw new VmbusException(
                    NtStatus.ObjectNameCollision,
                    $"The bus already has a {endpoint.Ids}. Disable that one first, or use another instance.");
            }

            Pair(port);
        }

        return port;
    }

    /// <summary>Brings a free endpoint together with a free one of equal ids, if there is one.</summary>
    private void Pair(Port port)
    {
        if (_ports.FindPeer(port) is { } peer)
        {
            port.Peer = peer;
            peer.Peer = port;
            (Port server, Port client) = port.Ids.IsServer ? (port, peer) : (peer, port);
            if (!client.TryResume(server))
            {
                client.Endpoint.Offered(server.Ids.InterfaceInstance);
            }
        }
    }

    private sealed class Port(InProcessBus bus, IBusEndpoint endpoint) : BusPort, IPairedPort<Port>
    {
        /// <summary>What the client of the pair asked to open and did not close since. Kept on the client's port.</summary>
        private ChannelRings? _openRequest;

        private volatile Port? _peer;

        /// <summary>On a client's port: the instance of the server that was saved and left the opening standing.</summary>
        private Guid? _savedInstance;

        /// <summary>On a client's port: whether the server that answers is a restored one, and the client, which has its answer, knows nothing of it.</summary>
        private bool _isResumed;

        /// <summary>The GPADLs of a client, and on a server those that it has mapped, so that they can be unmapped when the pair has parted.</summary>
        private readonly Dictionary<uint, SharedGpadl> _gpadls = [];

        public IBusEndpoint Endpoint { get; } = endpoint;

        public EndpointIds Ids { get; } = endpoint.Ids;

        public Port? Peer
        {
            get => _peer;
            set => _peer = value;
        }

        public long Order { get; set; }

        // A page that is no valid control page cannot come from here: the memory is new.
        public override ChannelRings AllocateRings(int clientToServerSize, int serverToClientSize)
            => new(RingMemory.Allocate(clientToServerSize), RingMemory.Allocate(serverToClientSize), bus._memory);

        public override bool TryShareMemory(Memory<byte> memory, bool isReadOnly, Span<ulong> pageFrameNumbers)
        {
            bus._memory.Share(memory, isReadOnly, pageFrameNumbers);
            return true;
        }

        public override void UnshareMemory(Memory<byte> memory, bool isReadOnly, ReadOnlySpan<ulong> pageFrameNumbers, bool isSettled) => bus._memory.Unshare(pageFrameNumbers);

        public override VmbusOffer? Offer => Ids.IsServer ? null : Peer?.Endpoint.Offer;

        /// <summary>An opening that stands waits for its own server.</summary>
        public bool IsFreeFor(Port other) => Peer is null && (_savedInstance ?? other.Ids.InterfaceInstance) == other.Ids.InterfaceInstance;

        /// <summary>On a client's port that was just paired: goes on with the opening that stands, if the server was restored for it; else that has ended.</summary>
        public bool TryResume(Port server)
        {
            _savedInstance = null;
            if (_openRequest is not { } standing)
            {
                return false;
            }

            if (server.Endpoint.RestoredOpening == standing.Id)
            {
                _isResumed = true;
                server.Endpoint.OpenRequested(standing);
                return true;
            }

            EndOpening();
            return false;
        }

        public override void AnswerOpen(ChannelRings rings, NtStatus status)
        {
            lock (bus._sync)
            {
                if (Peer is not { } client || !ReferenceEquals(client._openRequest, rings))
                {
                    return;
                }

                if (!client._isResumed)
                {
                    client.Endpoint.OpenAnswered(status);
                }
                else if (status.IsSuccess())
                {
                    client._isResumed = false;
                }
                else
                {
                    client.EndOpening();
                    client.Endpoint.Offered(Ids.InterfaceInstance);
                }
            }
        }

        public override void Open(ChannelRings rings)
        {
            lock (bus._sync)
            {
                if (Peer is { } server)
                {
                    _isResumed = false;
                    _openRequest = rings;
                    server.Endpoint.OpenRequested(rings);
                }

                // Else the offer went while the request was on its way, and the client was told so.
            }
        }

        public override void Close()
        {
            lock (bus._sync)
            {
                if (_openRequest is not null)
                {
                    _openRequest = null;
                    _savedInstance = null;
                    Peer?.Endpoint.ClosedByPeer();
                }
            }
        }

        public override void Signal() => Peer?.Endpoint.Signaled();

        public override NtStatus CreateGpadl(SharedGpadl gpadl)
        {
            lock (bus._sync)
            {
                if (_openRequest is null)
                {
                    // The server has left, and the client was told so.
                    return NtStatus.DeviceRemoved;
                }

                _gpadls.Add(gpadl.Handle, gpadl);
                return NtStatus.Success;
            }
        }

        public override Task<bool> TearDownGpadl(uint handle)
        {
            lock (bus._sync)
            {
                if (!_gpadls.Remove(handle, out SharedGpadl? gpadl) || !gpadl.IsMapped)
                {
                    return Task.FromResult(true);
                }

                gpadl.TornDown = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
                return gpadl.TornDown.Task;
            }
        }

        public override NtStatus MapGpadl(uint handle, out SharedGpadl? gpadl)
        {
            lock (bus._sync)
            {
                gpadl = null;
                if (_gpadls.ContainsKey(handle))
                {
                    return NtStatus.InvalidDeviceState;
                }

                if (Peer is not { } client || !client._gpadls.TryGetValue(handle, out gpadl))
                {
                    return NtStatus.InvalidParameter3;
                }

                gpadl.IsMapped = true;
                _gpadls.Add(handle, gpadl);
                return NtStatus.Success;
            }
        }

        public override void UnmapGpadl(uint handle)
        {
            lock (bus._sync)
            {
                if (_gpadls.Remove(handle, out SharedGpadl? gpadl))
                {
                    gpadl.IsMapped = false;
                    gpadl.TornDown?.SetResult(true);
                }
            }
        }

        public override void Detach() => Detach(Guid.Empty);

        public override void DetachSaved(Guid opening) => Detach(opening);

        private void Detach(Guid saved)
        {
            lock (bus._sync)
            {
                if (!bus._ports.Remove(this))
                {
                    return;
                }

                if (Peer is { } peer)
                {
                    Peer = null;
                    peer.Peer = null;
                    if (Ids.IsServer && saved != Guid.Empty && peer._openRequest?.Id == saved)
                    {
                        peer._savedInstance = Ids.InterfaceInstance;
                    }
                    else if (Ids.IsServer)
                    {
                        peer.EndOpening();
                    }
                    else if (_openRequest is not null)
                    {
                        peer.Endpoint.ClosedByPeer();
                    }

                    bus.Pair(peer);
                }
            }
        }

        /// <summary>On a client's port: the server has left, and the opening with it.</summary>
        private void EndOpening()
        {
            _openRequest = null;
            _isResumed = false;
            Endpoint.Rescinded();
        }
    }
}
