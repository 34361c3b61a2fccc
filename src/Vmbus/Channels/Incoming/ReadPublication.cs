using Vmbus.Ring;

namespace Vmbus;

/// <summary>
/// When the peer sees how far the incoming ring was read, and what was sent meanwhile: several packets share the cost of an index and of a signal. Belongs to whoever
/// holds the turn.
/// </summary>
internal sealed class ReadPublication(ChannelConnection connection, RingReader reader, OutgoingQueue outgoing)
{
    /// <summary>After how many packets within a batch: late enough to share the cost, early enough to keep the peer busy.</summary>
    private const int PacketsPerPublication = 16;

    private int _unpublished;

    /// <summary>Whether enough packets were read.</summary>
    public bool IsDue => _unpublished >= PacketsPerPublication;

    /// <summary>A packet was read.</summary>
    public void Count() => _unpublished++;

    /// <summary>Shows the peer both. It may overwrite from here on what was read: only packets whose callback has ended.</summary>
    /// <returns><see langword="false"/>: somebody has moved this side's own index, and the channel was stopped.</returns>
    public bool TryPublish()
    {
        _unpublished = 0;
        if (reader.PublishRead())
        {
            connection.Signal();
        }

        RingCorruption? corruption = reader.Corruption;
        if (corruption is not null)
        {
            connection.Stop(new RingCorruptException(corruption), close: true);
        }

        outgoing.Flush();
        return corruption is null;
    }
}
