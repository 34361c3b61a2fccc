using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Vmbus;

/// <summary>Delivered packets by handler name. Names are constants of generated code, so that a count allocates only once a handler.</summary>
internal sealed class HandlerCounts
{
    private const string Unnamed = "(not told)";

    private readonly ConcurrentDictionary<string, StrongBox<long>> _counts = new(StringComparer.Ordinal);

    /// <summary>Counts one delivery; called by whoever holds the delivery turn.</summary>
    public void Count(string? handler)
    {
        StrongBox<long> count = _counts.GetOrAdd(handler ?? Unnamed, static _ => new StrongBox<long>());
        Volatile.Write(ref count.Value, count.Value + 1);
    }

    public IReadOnlyDictionary<string, long> Snapshot()
        => _counts.ToDictionary(pair => pair.Key, pair => Volatile.Read(ref pair.Value.Value), StringComparer.Ordinal);
}
