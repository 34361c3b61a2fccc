namespace Vmbus;

/// <summary>To what external data is bound: it ends when this does.</summary>
internal interface IDataLifetime
{
    /// <summary>Whether the life of that name still lasts.</summary>
    bool IsAlive(long generation);
}
