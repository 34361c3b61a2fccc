namespace Vmbus.Tests.Channels;

/// <summary>The clock of the system, with timers that elapse when a test says so.</summary>
internal sealed class HeldTimers : TimeProvider
{
    private readonly Lock _sync = new();
    private readonly List<HeldTimer> _armed = [];

    private ManualResetEventSlim? _whenArmed;

    /// <summary>Lets every timer elapse that was begun and not disposed.</summary>
    public void Fire() => Assert.NotEqual(0, FireAll());

    /// <summary>As <see cref="Fire"/>, where they may all have been disposed meanwhile.</summary>
    /// <returns>How many there were.</returns>
    public int FireAll()
    {
        HeldTimer[] armed;
        lock (_sync)
        {
            armed = [.. _armed];
            _armed.Clear();
        }

        Array.ForEach(armed, timer => timer.Elapse());
        return armed.Length;
    }

    /// <returns>Set when the next timer is begun.</returns>
    public ManualResetEventSlim WhenArmed() => _whenArmed = new ManualResetEventSlim();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        HeldTimer timer = new(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class HeldTimer(HeldTimers clock, Action elapse) : ITimer
    {
        public Action Elapse { get; } = elapse;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._sync)
            {
                clock._armed.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    clock._armed.Add(this);
                    clock._whenArmed?.Set();
                }
            }

            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
