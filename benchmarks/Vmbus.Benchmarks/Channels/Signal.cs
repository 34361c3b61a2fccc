using System.Threading.Tasks.Sources;

namespace Vmbus.Benchmarks.Channels;

/// <summary>What one waits for and another sets, again and again, without an allocation. Whoever waits goes on at the thread pool, not on the thread that sets.</summary>
internal sealed class Signal : IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _source = new() { RunContinuationsAsynchronously = true };

    /// <summary>Begins anew; to be called before what leads to <see cref="Set"/>.</summary>
    public ValueTask Arm()
    {
        _source.Reset();
        return new ValueTask(this, _source.Version);
    }

    public void Set() => _source.SetResult(true);

    /// <summary>Lets whoever waits fail instead of waiting for ever.</summary>
    public void Fail(Exception reason) => _source.SetException(reason);

    void IValueTaskSource.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => _source.OnCompleted(continuation, state, token, flags);
}
