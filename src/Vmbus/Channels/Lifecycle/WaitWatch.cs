namespace Vmbus;

/// <summary>Names what is waited for, once it has taken too long, and again after each such time. Everything but the report itself happens under the lock of its owner.</summary>
internal sealed class WaitWatch(VmbusChannelOptions options, Lock sync, Func<TimeSpan, Action?> describe)
{
    private static readonly TimeSpan ClockTick = TimeSpan.FromMilliseconds(1);

    private ITimer? _timer;
    private long _since;

    /// <summary>Something is waited for from now on. Under the lock.</summary>
    public void Begin()
    {
        if (_timer is null)
        {
            _since = options.TimeProvider.GetTimestamp();
            _timer = options.TimeProvider.CreateTimer(static watch => ((WaitWatch)watch!).Look(), this, options.OwedPacketReportTime, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Nothing is waited for any more. Under the lock.</summary>
    public void End()
    {
        _timer?.Dispose();
        _timer = null;
    }

    private void Look()
    {
        Action? report;
        lock (sync)
        {
            if (_timer is null)
            {
                return;
            }

            // A timer counts in coarser ticks than the clock, so that it may be early.
            TimeSpan waited = options.TimeProvider.GetElapsedTime(_since);
            if (waited < options.OwedPacketReportTime)
            {
                _timer.Change(options.OwedPacketReportTime - waited + ClockTick, Timeout.InfiniteTimeSpan);
                return;
            }

            report = describe(waited);
            _since = options.TimeProvider.GetTimestamp();
            _timer.Change(options.OwedPacketReportTime, Timeout.InfiniteTimeSpan);
        }

        report?.Invoke();
    }
}
