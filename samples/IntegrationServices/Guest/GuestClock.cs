using Vmbus.Samples.IntegrationServices.Messages;

namespace Vmbus.Samples.IntegrationServices.Guest;

/// <summary>The guest's clock: the time of the machine and a correction.</summary>
/// <param name="time">The uncorrected clock.</param>
internal sealed class GuestClock(TimeProvider time)
{
    private long _correction;
    private long _timesSet;
    private long _samples;

    /// <summary>What the host's time differs from the uncorrected clock.</summary>
    public TimeSpan Correction => new(Interlocked.Read(ref _correction));

    /// <summary>How often the clock was set.</summary>
    public long TimesSet => Interlocked.Read(ref _timesSet);

    /// <summary>How many samples were taken.</summary>
    public long Samples => Interlocked.Read(ref _samples);

    /// <summary>Takes a time of the host.</summary>
    /// <param name="hostTime">In units of 100 ns since 1601, UTC.</param>
    /// <param name="flags">What to do with it.</param>
    public void Take(ulong hostTime, TimeSyncFlags flags)
    {
        long difference = unchecked((long)hostTime - time.GetUtcNow().ToFileTime());
        if ((flags & TimeSyncFlags.Sync) != 0)
        {
            Interlocked.Exchange(ref _correction, difference);
            Interlocked.Increment(ref _timesSet);
        }
        else if ((flags & TimeSyncFlags.Sample) != 0)
        {
            // Slowly, so that a sample that was late on its way does not make the clock jump.
            const int Slowness = 16;
            long correction = Interlocked.Read(ref _correction);
            Interlocked.Exchange(ref _correction, correction + (difference - correction) / Slowness);
            Interlocked.Increment(ref _samples);
        }
    }
}
