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
    public static void Tell(VmbusPacket packet) => (OfThread ??= new DoneInRing()).TellOne(packet);

    private static void Finish(VmbusPacket packet) => packet.Connection!.Finish(packet, NtStatus.Success, default);

    private void TellOne(VmbusPacket packet)
    {
        if (packet.Operation is not null)
        {
            // No routine of the user's: it ends what somebody awaits, perhaps inside such a routine.
            Finish(packet);
            return;
        }

        _waiting.Add(packet);
        if (_isTelling)
        {
            return;
        }

        _isTelling = true;
        try
        {
            while (_waiting.TryTake(out VmbusPacket? next))
            {
                Finish(next);
            }
        }
        finally
        {
            _isTelling = false;
        }
    }
}
