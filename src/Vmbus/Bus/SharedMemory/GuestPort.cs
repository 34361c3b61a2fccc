using System.Diagnostics;
using System.Runtime.InteropServices;
using Vmbus.Ring;

namespace Vmbus;

/// <summary>A client endpoint on the guest's side.</summary>
internal sealed class GuestPort : BusPort
{
    private readonly SharedMemoryGuest _bus;
    private readonly Dictionary<(uint OpenId, uint Handle), TaskCompletionSource<NtStatus>> _creating = [];

    /// <summary>The opening whose memory was allocated last.</summary>
    private volatile GuestOpening? _opening;

    /// <summary>What was asked to open and was not closed since.</summary>
    private GuestOpening? _requested;

    /// <summary>The channel id that it was asked under.</summary>
    private uint _channelId;

    public GuestPort(SharedMemoryGuest bus, IBusEndpoint endpoint)
    {
        _bus = bus;
        Endpoint = endpoint;
        Entry = new GuestEntry(endpoint.Ids, channelId: 0, this);
    }

    public IBusEndpoint Endpoint { get; }

    /// <summary>This port among those that are paired.</summary>
    public GuestEntry Entry { get; }

    public override VmbusOffer? Offer => Entry.Peer?.Offer;

    public override ChannelRings AllocateRings(int clientToServerSize, int serverToClientSize)
    {
        int toServerPages = 1 + (clientToServerSize / RingMemory.PageSize);
        int toClientPages = 1 + (serverToClientSize / RingMemory.PageSize);
        int first = _bus.AllocatePages(toServerPages + toClientPages, "rings");
        GuestOpening opening = new(_bus.Pages, _bus.NextOpenId(), first, toServerPages + toClientPages);
        SharedMapping memory = _bus.Session.Memory;
        memory.Memory.Span.Slice(first * RingMemory.PageSize, (toServerPages + toClientPages) * RingMemory.PageSize).Clear();
        opening.Rings = new ChannelRings(
            memory.GetRing(first, clientToServerSize, opening.Release),
            memory.GetRing(first + toServerPages, serverToClientSize, opening.Release),
            _bus.GuestMemory);
        _opening = opening;
        return opening.Rings;
    }

    public override bool IsGuestMemory(Memory<byte> memory) => TryFindPages(memory, out _, out _);

    public override uint GetByteOffset(Memory<byte> memory) => TryFindPages(memory, out _, out uint byteOffset) ? byteOffset : 0;

    public override bool TryShareMemory(Memory<byte> memory, bool isReadOnly, Span<ulong> pageFrameNumbers)
    {
        if (TryFindPages(memory, out int first, out _))
        {
            _bus.Pages.Share(first, pageFrameNumbers.Length, isReadOnly);
        }
        else
        {
            // The other process cannot see this memory: it sees a copy.
            first = _bus.Pages.Allocate(pageFrameNumbers.Length);
            if (first == 0)
            {
                return false;
            }

            Span<byte> pages = PagesAt(first, pageFrameNumbers.Length);
            memory.Span.CopyTo(pages);
            pages[memory.Length..].Clear();
            _bus.Pages.SetAccess(first, pageFrameNumbers.Length, isReadOnly ? PageAccess.ReadOnly : PageAccess.ReadWrite);
        }

        for (int i = 0; i < pageFrameNumbers.Length; i++)
        {
            pageFrameNumbers[i] = (ulong)(first + i);
        }

        return true;
    }

    public override void UnshareMemory(Memory<byte> memory, bool isReadOnly, ReadOnlySpan<ulong> pageFrameNumbers, bool isSettled)
    {
        int first = (int)pageFrameNumbers[0];
        PageUse use = !IsGuestMemory(memory) ? PageUse.Own : isReadOnly ? PageUse.SharedReadOnly : PageUse.SharedReadWrite;
        if (!isSettled && _opening is { } opening)
        {
            opening.Keep(first, pageFrameNumbers.Length, use);
            return;
        }

        if (!isReadOnly && use == PageUse.Own)
        {
            PagesAt(first, pageFrameNumbers.Length)[..memory.Length].CopyTo(memory.Span);
        }

        _bus.Pages.Release(first, pageFrameNumbers.Length, use);
    }

    public override void Open(ChannelRings rings)
    {
        lock (_bus.Sync)
        {
            if (Entry.Peer is { } offer && _opening is { } opening && ReferenceEquals(opening.Rings, rings))
            {
                _requested = opening;
                _channelId = offer.ChannelId;
                opening.AddUser();
                _bus.Opened(offer.ChannelId, opening);
                _bus.Session.Send(new ControlMessage
                {
                    Type = ControlMessageType.OpenChannel,
                    ChannelId = offer.ChannelId,
                    OpenId = opening.Id,
                    Flags = (uint)(rings.IsPipe ? OpeningFlags.Pipe : OpeningFlags.None),
                    FirstPage = (ulong)opening.FirstPage,
                    ClientToServerSize = (uint)rings.ClientToServer.DataSize,
                    ServerToClientSize = (uint)rings.ServerToClient.DataSize,
                });
            }

            // Else the offer went while the request was on its way, and the client was told so.
        }
    }

    public override void Close()
    {
        lock (_bus.Sync)
        {
            if (_requested is { } requested)
            {
                _requested = null;
                EndCreations();
                if (Entry.Peer is not null)
                {
                    _bus.Session.Send(new ControlMessage { Type = ControlMessageType.CloseChannel, ChannelId = _channelId, OpenId = requested.Id });
                }
            }
        }
    }

    public override void Signal()
    {
        if (Entry.Peer is { } offer)
        {
            _bus.Session.Signal(offer.ChannelId);
        }
    }

    public override NtStatus CreateGpadl(SharedGpadl gpadl)
    {
        TaskCompletionSource<NtStatus> created = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_bus.Sync)
        {
            if (_requested is not { } requested || Entry.Peer is null)
            {
                return NtStatus.DeviceRemoved;
            }

            _creating.Add((requested.Id, gpadl.Handle), created);
            _bus.Session.Send(new ControlMessage
            {
                Type = ControlMessageType.GpadlHeader,
                ChannelId = _channelId,
                OpenId = requested.Id,
                GpadlHandle = gpadl.Handle,
                FirstPage = gpadl.PageFrameNumbers[0],
                ByteOffset = gpadl.ByteOffset,
                ByteCount = gpadl.Length,
                Flags = (uint)(gpadl.IsReadOnly ? GpadlMessageFlags.ReadOnly : GpadlMessageFlags.None),
            });
        }

        return created.Task.GetAwaiter().GetResult();
    }

    public override Task<bool> TearDownGpadl(uint handle)
    {
        lock (_bus.Sync)
        {
            if (_opening is not { } opening || Entry.Peer is not { } offer || offer.ChannelId != _channelId)
            {
                return Task.FromResult(false);
            }

            Task<bool> torn = _bus.ExpectTorndown(_channelId, opening.Id, handle);
            _bus.Session.Send(new ControlMessage { Type = ControlMessageType.GpadlTeardown, ChannelId = _channelId, OpenId = opening.Id, GpadlHandle = handle });
            return torn;
        }
    }

    public override void Detach() => _bus.Detach(this);

    /// <summary>The host answers. Under the lock.</summary>
    /// <returns>What is wrong with the answer, or null.</returns>
    public string? Received(in ControlMessage message)
    {
        switch (message.Type)
        {
            case ControlMessageType.OpenResult:
                if (_requested is { } requested && requested.Id == message.OpenId)
                {
                    Endpoint.OpenAnswered(message.Status);
                }

                return null;
            case ControlMessageType.GpadlCreated:
                if (_creating.Remove((message.OpenId, message.GpadlHandle), out TaskCompletionSource<NtStatus>? created))
                {
                    created.SetResult(message.Status);
                }

                return null;
            default:
                return $"a message of type {message.Type}, which a host does not send";
        }
    }

    /// <summary>The offer has gone, or the host. Under the lock.</summary>
    public void HostHasGone()
    {
        _requested = null;
        EndCreations();
        Endpoint.Rescinded();
    }

    public override void AnswerOpen(ChannelRings rings, NtStatus status) => throw NotAServer();

    public override NtStatus MapGpadl(uint handle, out SharedGpadl? gpadl) => throw NotAServer();

    public override void UnmapGpadl(uint handle) => throw NotAServer();

    private static UnreachableException NotAServer() => new("A client endpoint was used as a server.");

    /// <summary>No answer reaches the port any more. Under the lock.</summary>
    private void EndCreations()
    {
        foreach (TaskCompletionSource<NtStatus> created in _creating.Values)
        {
            created.SetResult(NtStatus.DeviceRemoved);
        }

        _creating.Clear();
    }

    private Span<byte> PagesAt(int first, int count) => _bus.Session.Memory.Memory.Span.Slice(first * RingMemory.PageSize, count * RingMemory.PageSize);

    /// <summary>Finds memory that lies in the guest's pages.</summary>
    private bool TryFindPages(Memory<byte> memory, out int first, out uint byteOffset)
    {
        if (MemoryMarshal.TryGetMemoryManager<byte, SharedMapping>(memory, out SharedMapping? mapping, out int start, out _) && ReferenceEquals(mapping, _bus.Session.Memory))
        {
            first = start / RingMemory.PageSize;
            byteOffset = (uint)(start % RingMemory.PageSize);
            return true;
        }

        (first, byteOffset) = (0, 0);
        return false;
    }
}
