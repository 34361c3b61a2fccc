using System.Diagnostics;
using Vmbus.Ring;

namespace Vmbus;

/// <summary>
/// A server endpoint on the host's side. What the guest says about its channel is checked here; what it says about rings that are still in use waits until the
/// endpoint lets them go. A server that was saved leaves its port behind, with the opening that stands; a restored one takes that over.
/// </summary>
internal sealed class HostPort : BusPort
{
    private const int MaximumGpadls = 4096;

    private readonly SharedMemoryHost _bus;
    private readonly Dictionary<uint, HostGpadl> _created;
    private readonly Dictionary<uint, HostGpadl> _mapped = [];
    private volatile BusSession? _session;
    private ChannelRings? _rings;
    private uint _openId;

    /// <summary>Whether the guest has its answer to the opening already, from a server that was saved.</summary>
    private bool _isResumed;

    public HostPort(SharedMemoryHost bus, IBusEndpoint endpoint, uint channelId)
    {
        _bus = bus;
        _created = [];
        Endpoint = endpoint;
        ChannelId = channelId;
    }

    /// <summary>Takes over what a saved server has left. Under the lock.</summary>
    private HostPort(HostPort standing, IBusEndpoint endpoint)
    {
        _bus = standing._bus;
        Endpoint = endpoint;
        ChannelId = standing.ChannelId;
        (_created, _session, _rings, _openId) = (standing._created, standing._session, standing._rings, standing._openId);
        _isResumed = true;
        (standing._session, standing._rings) = (null, null);
    }

    public IBusEndpoint Endpoint { get; }

    public uint ChannelId { get; private set; }

    /// <summary>Whether the server was saved and has left: the opening stands, and nobody serves it. Under the lock.</summary>
    public bool IsStanding { get; private set; }

    /// <summary>A message for a channel that has gone: says that nobody uses what it names.</summary>
    public static void AnswerForNobody(BusSession session, in ControlMessage message)
    {
        switch (message.Type)
        {
            case ControlMessageType.OpenChannel:
                session.Send(Answer(in message, ControlMessageType.RingsReleased));
                break;
            case ControlMessageType.GpadlHeader:
                session.Send(Answer(in message, ControlMessageType.GpadlCreated, NtStatus.DeviceRemoved));
                break;
            case ControlMessageType.GpadlTeardown:
                session.Send(Answer(in message, ControlMessageType.GpadlTorndown));
                break;
        }
    }

    /// <summary>Offers the channel to a guest. Under the lock.</summary>
    public void OfferTo(BusSession session)
    {
        _session = session;
        _isResumed = false;
        EndpointIds ids = Endpoint.Ids;
        ControlMessage message = new()
        {
            Type = ControlMessageType.OfferChannel,
            ChannelId = ChannelId,
            InterfaceType = ids.InterfaceType,
            InterfaceInstance = ids.InterfaceInstance,
            SubChannelIndex = (uint)ids.SubChannelIndex,
        };
        if (Endpoint.Offer is { } offer)
        {
            message.Offer = offer;
        }

        session.Send(message);
    }

    /// <summary>The guest says something about the channel. Under the lock.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public string? Received(BusSession session, in ControlMessage message) => message.Type switch
    {
        ControlMessageType.OpenChannel => OpenRequested(session, in message),
        ControlMessageType.CloseChannel => Closed(message.OpenId),
        ControlMessageType.GpadlHeader => CreateGpadl(session, in message),
        ControlMessageType.GpadlTeardown => TearDownGpadl(session, in message),
        _ => $"a message of type {message.Type}, which a guest does not send",
    };

    /// <summary>The guest's process has gone. Under the lock.</summary>
    public void GuestHasGone()
    {
        _session = null;
        if (_rings is not null)
        {
            ClosedByGuest();
        }
    }

    /// <summary>A server with the ids of one that was saved: it takes over the opening that stands, if it was restored for it. Under the lock.</summary>
    /// <returns>Its port; <see langword="null"/>: the opening has ended, and the ids are free.</returns>
    public HostPort? Resume(IBusEndpoint endpoint)
    {
        if (_rings is { } rings && endpoint.RestoredOpening == rings.Id)
        {
            HostPort port = new(this, endpoint);
            endpoint.OpenRequested(rings);
            return port;
        }

        Leave();
        return null;
    }

    public override void AnswerOpen(ChannelRings rings, NtStatus status)
    {
        lock (_bus.Sync)
        {
            if (!ReferenceEquals(rings, _rings))
            {
                return;
            }

            if (!_isResumed)
            {
                _session?.Send(new ControlMessage { Type = ControlMessageType.OpenResult, ChannelId = ChannelId, OpenId = _openId, Status = status });
            }

            if (!status.IsSuccess())
            {
                EndOpening();
                if (_isResumed && _session is { } session)
                {
                    // To the guest it is open: the offer it was opened under goes, and another comes.
                    SendRescind();
                    ChannelId = _bus.Renew(this);
                    OfferTo(session);
                }
            }

            _isResumed = false;
        }
    }

    public override void Signal() => _session?.Signal(ChannelId);

    public override NtStatus MapGpadl(uint handle, out SharedGpadl? gpadl)
    {
        lock (_bus.Sync)
        {
            gpadl = null;
            if (_mapped.ContainsKey(handle))
            {
                return NtStatus.InvalidDeviceState;
            }

            if (!_created.TryGetValue(handle, out HostGpadl? created))
            {
                return NtStatus.InvalidParameter3;
            }

            _mapped.Add(handle, created);
            gpadl = created.Describe();
            return NtStatus.Success;
        }
    }

    public override void UnmapGpadl(uint handle)
    {
        lock (_bus.Sync)
        {
            if (_mapped.Remove(handle, out HostGpadl? mapped))
            {
                if (mapped.Teardown is { } teardown)
                {
                    mapped.Session.Send(Answer(in teardown, ControlMessageType.GpadlTorndown));
                }
            }
        }
    }

    public override void Detach()
    {
        lock (_bus.Sync)
        {
            Leave();
        }
    }

    public override void DetachSaved(Guid opening)
    {
        lock (_bus.Sync)
        {
            if (_rings?.Id == opening)
            {
                IsStanding = true;
            }
            else
            {
                Leave();
            }
        }
    }

    public override ChannelRings AllocateRings(int clientToServerSize, int serverToClientSize) => throw NotAClient();

    public override bool TryShareMemory(Memory<byte> memory, bool isReadOnly, Span<ulong> pageFrameNumbers) => throw NotAClient();

    public override void UnshareMemory(Memory<byte> memory, bool isReadOnly, ReadOnlySpan<ulong> pageFrameNumbers, bool isSettled) => throw NotAClient();

    public override void Open(ChannelRings rings) => throw NotAClient();

    public override void Close() => throw NotAClient();

    public override NtStatus CreateGpadl(SharedGpadl gpadl) => throw NotAClient();

    public override Task<bool> TearDownGpadl(uint handle) => throw NotAClient();

    private static ControlMessage Answer(in ControlMessage message, ControlMessageType type, NtStatus status = NtStatus.Success)
        => new() { Type = type, ChannelId = message.ChannelId, OpenId = message.OpenId, GpadlHandle = message.GpadlHandle, Status = status };

    private static UnreachableException NotAClient() => new("A server endpoint was used as a client.");

    private string? OpenRequested(BusSession session, in ControlMessage message)
    {
        if (_rings is not null)
        {
            return $"channel {ChannelId} was opened twice";
        }

        (uint toServer, uint toClient) = (message.ClientToServerSize, message.ServerToClientSize);
        long toServerLength = RingControlPage.Length + (long)toServer;
        long toClientLength = RingControlPage.Length + (long)toClient;
        if (!RingMemory.IsRingLength(toServerLength)
            || !RingMemory.IsRingLength(toClientLength)
            || !session.Memory.Layout.Contains(message.FirstPage, (ulong)((toServerLength + toClientLength) / RingMemory.PageSize)))
        {
            return $"channel {ChannelId} was opened with rings of {toServer} and {toClient} bytes from page {message.FirstPage} on, which cannot be";
        }

        ControlMessage released = Answer(in message, ControlMessageType.RingsReleased);
        int left = 2;
        void Release()
        {
            if (Interlocked.Decrement(ref left) == 0)
            {
                session.Send(in released);
            }
        }

        _rings = new ChannelRings(
            session.Memory.GetRing((int)message.FirstPage, (int)toServer, Release),
            session.Memory.GetRing((int)message.FirstPage + (int)(toServerLength / RingMemory.PageSize), (int)toClient, Release),
            session.GuestMemory)
        {
            IsPipe = (message.Flags & (uint)OpeningFlags.Pipe) != 0,
        };
        _openId = message.OpenId;
        _isResumed = false;
        Endpoint.OpenRequested(_rings);
        return null;
    }

    private string? Closed(uint openId)
    {
        if (_rings is not null && openId == _openId)
        {
            ClosedByGuest();
        }

        return null;
    }

    private void ClosedByGuest()
    {
        EndOpening();
        if (IsStanding)
        {
            Leave();
        }
        else
        {
            Endpoint.ClosedByPeer();
        }
    }

    private void Leave()
    {
        SendRescind();
        EndOpening();
        _session = null;
        _bus.Withdraw(this);
    }

    private void SendRescind() => _session?.Send(new ControlMessage { Type = ControlMessageType.RescindOffer, ChannelId = ChannelId });

    /// <summary>The endpoint's own readers and writers keep the memory of the rings until it has closed.</summary>
    private void EndOpening()
    {
        _rings?.Dispose();
        _rings = null;
        _created.Clear();
    }

    private string? CreateGpadl(BusSession session, in ControlMessage message)
    {
        long pages = message.ByteCount == 0 || message.ByteOffset >= RingMemory.PageSize ? 0 : GpaRange.PagesSpanned(message.ByteCount, message.ByteOffset);
        if (pages == 0 || !session.Memory.Layout.Contains(message.FirstPage, (ulong)pages))
        {
            return $"a GPADL of {message.ByteCount} bytes at offset {message.ByteOffset} of page {message.FirstPage}, which cannot be";
        }

        NtStatus status = _rings is null || message.OpenId != _openId ? NtStatus.DeviceRemoved
            : _created.Count >= MaximumGpadls ? NtStatus.InsufficientResources
            : NtStatus.Success;
        if (status.IsSuccess() && !_created.TryAdd(message.GpadlHandle, new HostGpadl(session, in message, (int)pages)))
        {
            return $"GPADL {message.GpadlHandle} was created twice";
        }

        session.Send(Answer(in message, ControlMessageType.GpadlCreated, status));
        return null;
    }

    private string? TearDownGpadl(BusSession session, in ControlMessage message)
    {
        // What the server has mapped outlives the opening that it was created in, until the server has closed.
        if (message.OpenId == _openId)
        {
            _created.Remove(message.GpadlHandle);
        }

        if (_mapped.TryGetValue(message.GpadlHandle, out HostGpadl? mapped) && mapped.OpenId == message.OpenId && ReferenceEquals(mapped.Session, session))
        {
            mapped.Teardown = message;
        }
        else
        {
            session.Send(Answer(in message, ControlMessageType.GpadlTorndown));
        }

        return null;
    }
}
