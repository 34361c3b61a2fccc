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

    /// <summary>Tells each. From then on it belongs to whoever is told, and may be sent again at once.</summary>
    public void Finish(ChannelConnection connection, NtStatus status)
    {
        VmbusPacket? next = _first;
        (_first, _last) = (null, null);
        while (next is { } packet)
        {
            next = packet.NextDone;
            packet.NextDone = null;
            connection.Finish(packet, status, default);
        }
    }
}
