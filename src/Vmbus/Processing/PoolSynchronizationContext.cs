namespace Vmbus.Processing;

/// <summary>
/// The context of a dispatch thread: an <see langword="await"/> that begins there resumes on the thread pool; and because it is there, what awaits
/// something that a callback completes does not resume inside that callback either.
/// </summary>
internal sealed class PoolSynchronizationContext : SynchronizationContext
{
    private PoolSynchronizationContext()
    {
    }

    /// <summary>The one instance: it has no state. <see cref="SynchronizationContext.Post"/> of the base class queues to the pool.</summary>
    public static PoolSynchronizationContext Instance { get; } = new();

    public override SynchronizationContext CreateCopy() => this;
}
