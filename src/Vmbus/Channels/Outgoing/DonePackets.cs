using System.Diagnostics.CodeAnalysis;

namespace Vmbus;

/// <summary>Packets that are found done under a lock, and told so, in order, when it is free again. Chained by themselves: nothing is allocated.</summary>
internal struct DonePackets
{
    private VmbusPacket? _first;
    private VmbusPacket? _last;

    public void Add(VmbusPacket packet)
    {
        if (_last is null)
        {
            _first = packet;
        }
        else
        {
            _last.NextDone = packet;
        }

        _last = packet;
    }

    /// <summary>Takes the first. From when it is told on it belongs to whoever is told, and may be sent again at once.</summary>
    public bool TryTake([NotNullWhen(true)] out VmbusPacket? packet)
    {
        packet = _first;
        if (packet is null)
        {
            return false;
        }

        _first = packet.NextDone;
        packet.NextDone = null;
        if (_first is null)
        {
            _last = null;
        }

        return true;
    }
}
