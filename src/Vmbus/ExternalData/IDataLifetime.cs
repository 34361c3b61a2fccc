namespace Vmbus;

/// <summary>To what external data is bound: it ends when this does.</summary>
internal interface IDataLifetime
{
    /// <summary>Whether the life of that name still lasts.</summary>
    bool IsAlive(long generation);

    /// <summary>Keeps the life of that name from giving the memory back, for one copy; each success is followed by <see cref="EndCopy"/>.</summary>
    /// <returns><see langword="false"/>: it has ended.</returns>
    bool TryBeginCopy(long generation);

    /// <summary>The copy has ended.</summary>
    void EndCopy();
}
