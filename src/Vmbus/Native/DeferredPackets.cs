namespace Vmbus;

/// <summary>The packets that a host was asked to deliver again at PASSIVE_LEVEL, by what the host calls them. Any thread, DISPATCH_LEVEL or lower.</summary>
internal sealed class DeferredPackets
{
    private readonly HashSet<nint> _packets = [];
    private SpinLock _lock = new(enableThreadOwnerTracking: false);

    public void Add(nint packet)
    {
        bool taken = false;
        try
        {
            _lock.Enter(ref taken);
            _packets.Add(packet);
        }
        finally
        {
            Exit(taken);
        }
    }

    /// <summary>Whether the packet was deferred; from here on it is not.</summary>
    public bool TryTake(nint packet)
    {
        bool taken = false;
        try
        {
            _lock.Enter(ref taken);
            return _packets.Remove(packet);
        }
        finally
        {
            Exit(taken);
        }
    }

    private void Exit(bool taken)
    {
        if (taken)
        {
            _lock.Exit(useMemoryBarrier: false);
        }
    }
}
