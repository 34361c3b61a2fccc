namespace Vmbus;

/// <summary>One side of a bus over shared memory, as its session speaks to it. All calls come from the session's thread, one after the other.</summary>
internal interface IBusPartner
{
    /// <summary>A message has come. The session closes where it is one that the other side must not send.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    string? Received(BusSession session, in ControlMessage message);

    /// <summary>The other side signals a channel. Any id may come.</summary>
    void Signaled(BusSession session, uint channelId);

    /// <summary>The other side has gone.</summary>
    /// <param name="session">The session.</param>
    /// <param name="reason">What the other side did wrong, or null: it closed, or died.</param>
    void Ended(BusSession session, string? reason);
}
