namespace Vmbus;

/// <summary>
/// Counts the copies into and out of memory that somebody else gets back: whoever gives it back first ends the life that copies look at, and then waits for
/// those that run. A field of this type is changed in place.
/// </summary>
internal struct CopiesUnderWay
{
    private int _count;

    /// <summary>A copy begins; look only afterwards whether the memory is still there. Each is followed by <see cref="End"/>.</summary>
    public void Begin() => Interlocked.Increment(ref _count);

    /// <summary>It has ended, or found that the memory is not there any more.</summary>
    public void End() => Interlocked.Decrement(ref _count);

    /// <summary>
    /// Waits, for as long as bytes are being copied and no longer, so also at DISPATCH_LEVEL: no code of a user runs in a copy.
    /// </summary>
    public void AwaitAll()
    {
        // Either a copy that begins sees that the life has ended, or it is seen here.
        Interlocked.MemoryBarrier();
        SpinWait spinner = default;
        while (Volatile.Read(ref _count) != 0)
        {
            spinner.SpinOnce(sleep1Threshold: -1);
        }
    }
}
