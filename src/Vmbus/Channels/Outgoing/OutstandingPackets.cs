using System.Diagnostics.CodeAnalysis;

namespace Vmbus;

/// <summary>
/// The sent packets whose completion is awaited, by transaction id. An id is a place in a table and that place's generation: an id that the peer makes up,
/// sends twice or sends late finds nothing.
/// </summary>
internal sealed class OutstandingPackets
{
    private const int IndexBits = 20;
    private const int MaximumOutstanding = 1 << IndexBits;

    private Place[] _places = new Place[16];
    private int _free = -1;
    private int _used;
    private SpinLock _lock = new(enableThreadOwnerTracking: false);

    /// <summary>Notes a packet.</summary>
    /// <returns>Its transaction id, never 0.</returns>
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
            place.Generation++;
            transactionId = (place.Generation << IndexBits) | (uint)index;
            return true;
        }
        finally
        {
            if (taken)
            {
                _lock.Exit(useMemoryBarrier: false);
            }
        }
    }

    /// <summary>Takes the packet with this id out.</summary>
    public bool TryTake(ulong transactionId, [NotNullWhen(true)] out VmbusPacket? packet)
    {
        bool taken = false;
        try
        {
            _lock.Enter(ref taken);
            int index = (int)(transactionId & (MaximumOutstanding - 1));
            if (index < _used && _places[index].Packet is { } found && _places[index].Generation == transactionId >> IndexBits)
            {
                _places[index].Packet = null;
                _places[index].NextFree = _free;
                _free = index;
                packet = found;
                return true;
            }

            packet = null;
            return false;
        }
        finally
        {
            if (taken)
            {
                _lock.Exit(useMemoryBarrier: false);
            }
        }
    }

    /// <summary>Takes any packet out; for a channel that closes.</summary>
    public bool TryTakeAny([NotNullWhen(true)] out VmbusPacket? packet)
    {
        for (int i = 0; i < Volatile.Read(ref _used); i++)
        {
            ulong id = (_places[i].Generation << IndexBits) | (uint)i;
            if (_places[i].Packet is not null && TryTake(id, out packet))
            {
                return true;
            }
        }

        packet = null;
        return false;
    }

    private struct Place
    {
        public VmbusPacket? Packet;
        public ulong Generation;
        public int NextFree;
    }
}
