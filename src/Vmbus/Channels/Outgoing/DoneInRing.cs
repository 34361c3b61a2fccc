namespace Vmbus;

/// <summary>
/// Calls the completion routines of packets that are done because they are in the ring, on this thread one after the other and never one inside another: what a routine
/// sends is told when it has returned. A routine that sends its packet again would else take more stack each time, for as long as the peer makes room.
/// </summary>
internal sealed class DoneInRing
{
    [ThreadStatic]
    private static DoneInRing? OfThread;

    private DonePackets _waiting;
    private bool _isTelling;

    private DoneInRing()
    {
    }

    /// <summary>Tells one packet.</summary>
    public static void Tell(ChannelConnection connection, VmbusPacket packet) => (OfThread ??= new DoneInRing()).TellOne(connection, packet);

    private void TellOne(ChannelConnection connection, VmbusPacket packet)
    {
        if (packet.Operation is not null)
        {
            // No routine of the user's: it ends what somebody awaits, perhaps inside such a routine.
            connection.Finish(packet, NtStatus.Success, default);
            return;
        }

        if (_isTelling)
        {
            _waiting.Add(packet);
            return;
        }

        _isTelling = true;
        try
        {
            connection.Finish(packet, NtStatus.Success, default);
            while (_waiting.TryTake(out VmbusPacket? next))
            {
                next.Connection!.Finish(next, NtStatus.Success, default);
            }
        }
        finally
        {
            _isTelling = false;
        }
    }
}
