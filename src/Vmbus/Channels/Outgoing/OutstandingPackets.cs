using System.Diagnostics.CodeAnalysis;

namespace Vmbus;

/// <summary>
/// The sent packets whose completion is awaited, by transaction id. An id is a place in a table and that place's generation: an id that the peer makes up,
/// sends twice or sends late finds nothing.
/// </summary>
internal sealed class OutstandingPackets
{
    /// <summary>How many packets may wait for their completion at one time.</summary>
    public const int MaximumOutstanding = 1 << IndexBits;

    /// <summary>The last generation of a place.</summary>
    public const ulong MaximumGeneration = ulong.MaxValue >> IndexBits;

    private const int IndexBits = 20;

    private Place[] _places = new Place[2];
    private int _free = -1;
    private int _used;
    private SpinLock _lock = new(enableThreadOwnerTracking: false);

    /// <summary>The transaction id of a place in a generation.</summary>
    public static ulong IdOf(int index, ulong generation) => (generation << IndexBits) | (uint)index;

    /// <summary>The place and the generation of a transaction id.</summary>
    public static (uint Index, ulong Generation) Split(ulong transactionId) => ((uint)transactionId & (MaximumOutstanding - 1), transactionId >> IndexBits);

    /// <summary>Notes a packet under a transaction id, never 0.</summary>
    /// <returns><see langword="false"/>: the table is full.</returns>
    public bool TryAdd(VmbusPacket packet, out ulong transactionId)
    {
        bool taken = false;
        try
        {
            _lock.Enter(ref taken);
            int index = _free;
            if (index >= 0)
            {
                _free = _places[index].NextFree;
            }
            else if (_used < MaximumOutstanding)
            {
                if (_used == _places.Length)
                {
                    Array.Resize(ref _places, _places.Length * 2);
                }

                index = _used++;
            }
            else
            {
                transactionId = 0;
                return false;
            }

            ref Place place = ref _places[index];
            place.Packet = packet;
            place.IsAwaited = true;
            place.Generation++;
            transactionId = IdOf(index, place.Generation);
            return true;
        }
        finally
        {
            Exit(taken);
        }
    }

    /// <summary>The peer completed this id: takes its packet out.</summary>
    public OutstandingMatch Take(ulong transactionId, out VmbusPacket? packet)
    {
        bool taken = false;
        try
        {
            _lock.Enter(ref taken);
            packet = null;
            (uint index, ulong generation) = Split(transactionId);
            if (index >= _used || generation == 0 || generation > _places[index].Generation)
            {
                return OutstandingMatch.Unknown;
            }

            ref Place place = ref _places[index];
            if (generation < place.Generation || !place.IsAwaited)
            {
                return OutstandingMatch.Stale;
            }

            if (place.Packet is { IsInRing: false })
            {
                // The next id can be guessed. Its packet waits for room, and goes on to.
                return OutstandingMatch.Unknown;
            }

            packet = place.Packet;
            Free((int)index);
            return packet is null ? OutstandingMatch.Cancelled : OutstandingMatch.Found;
        }
        finally
        {
            Exit(taken);
        }
    }

    /// <summary>This side gives the packet up. Where the peer has seen it (<c>wasSent</c>) its place waits for the completion that may still come.</summary>
    /// <returns>Whether the packet was still under way.</returns>
    public bool TryCancel(ulong transactionId, VmbusPacket packet, bool wasSent)
    {
        bool taken = false;
        try
        {
            _lock.Enter(ref taken);
            (uint index, ulong generation) = Split(transactionId);
            if (index >= _used || _places[index].Generation != generation || !ReferenceEquals(_places[index].Packet, packet))
            {
                return false;
            }

            if (wasSent)
            {
                _places[index].Packet = null;
            }
            else
            {
                Free((int)index);
            }

            return true;
        }
        finally
        {
            Exit(taken);
        }
    }

    /// <summary>
    /// Gives the packets up one after the other, of a channel that sends no more. Their places go on waiting: the queue may still read a completion, which is late then
    /// and no fault of the peer's.
    /// </summary>
    /// <param name="next">Where to go on, at first 0.</param>
    /// <param name="packet">The packet.</param>
    public bool TryGiveUpNext(ref int next, [NotNullWhen(true)] out VmbusPacket? packet)
    {
        bool taken = false;
        try
        {
            _lock.Enter(ref taken);
            while (next < _used)
            {
                ref Place place = ref _places[next++];
                if (place.Packet is { } found)
                {
                    packet = found;
                    place.Packet = null;
                    return true;
                }
            }
        }
        finally
        {
            Exit(taken);
        }

        packet = null;
        return false;
    }

    /// <summary>The table as it is. A packet that was noted and is not in the ring or the queue yet is not under way: its sender takes it out again.</summary>
    public SavedPlace[] Snapshot()
    {
        bool taken = false;
        try
        {
            _lock.Enter(ref taken);
            SavedPlace[] places = new SavedPlace[_used];
            for (int i = 0; i < places.Length; i++)
            {
                Place place = _places[i];
                SavedPlaceUse use = place switch
                {
                    { Packet.IsCommitted: true } => SavedPlaceUse.Awaited,
                    { Packet: null, IsAwaited: true } => SavedPlaceUse.GivenUp,
                    _ => SavedPlaceUse.Free,
                };
                places[i] = new SavedPlace(place.Generation, use, use == SavedPlaceUse.Awaited ? place.Packet : null);
            }

            return places;
        }
        finally
        {
            Exit(taken);
        }
    }

    /// <summary>Makes an empty table what another one was.</summary>
    public void Restore(ReadOnlySpan<SavedPlace> places)
    {
        bool taken = false;
        try
        {
            _lock.Enter(ref taken);
            _places = new Place[Math.Max(2, places.Length)];
            _used = places.Length;
            _free = -1;
            for (int i = 0; i < places.Length; i++)
            {
                _places[i] = new Place { Packet = places[i].Packet, Generation = places[i].Generation, IsAwaited = places[i].Use != SavedPlaceUse.Free };
                if (!_places[i].IsAwaited)
                {
                    Free(i);
                }
            }
        }
        finally
        {
            Exit(taken);
        }
    }

    private void Free(int index)
    {
        ref Place place = ref _places[index];
        place.Packet = null;
        place.IsAwaited = false;
        place.NextFree = _free;
        _free = index;
    }

    private void Exit(bool taken)
    {
        if (taken)
        {
            _lock.Exit(useMemoryBarrier: false);
        }
    }

    private struct Place
    {
        /// <summary><see langword="null"/> while awaited: cancelled.</summary>
        public VmbusPacket? Packet;

        public ulong Generation;
        public int NextFree;
        public bool IsAwaited;
    }
}
