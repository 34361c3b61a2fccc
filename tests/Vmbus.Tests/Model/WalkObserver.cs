using System.Collections.Concurrent;

namespace Vmbus.Tests.Model;

/// <summary>What both endpoints of a walk share: the next misbehaviour, and what no callback may ever see.</summary>
internal sealed class WalkObserver
{
    private Misbehaviour? _misbehaviour;

    /// <summary>What went against the rules.</summary>
    public ConcurrentQueue<string> Violations { get; } = new();

    /// <summary>Whether callbacks have stopped misbehaving and handlers complete whatever comes.</summary>
    public volatile bool IsCalm;

    /// <summary>
    /// Whether the server's Started behaves when it follows Opened: where the server leaves at once, the client may not even have heard that the channel was
    /// opened, so that it is a race whether it closes or waits on.
    /// </summary>
    public bool SparesFirstStart { get; init; }

    public void Misbehave(Misbehaviour? misbehaviour) => Volatile.Write(ref _misbehaviour, misbehaviour);

    /// <returns>What this call of the callback is to do; null: return well.</returns>
    public Misbehaviour? Take(bool server, StateCallback callback)
    {
        Misbehaviour? misbehaviour = Volatile.Read(ref _misbehaviour);
        return misbehaviour is not null && misbehaviour.OnServer == server && misbehaviour.Callback == callback
            && ReferenceEquals(Interlocked.CompareExchange(ref _misbehaviour, null, misbehaviour), misbehaviour) && !IsCalm
            ? misbehaviour
            : null;
    }
}
