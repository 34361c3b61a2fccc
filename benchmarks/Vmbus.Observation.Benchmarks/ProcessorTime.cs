namespace Vmbus.Observation.Benchmarks;

/// <summary>Processor time of the process, user and kernel: unlike the wall clock it does not tell of what else runs on the machine.</summary>
internal static class ProcessorTime
{
    /// <summary>What a run takes, in nanoseconds.</summary>
    public static double Of(Action run)
    {
        TimeSpan start = Environment.CpuUsage.TotalTime;
        run();
        return (Environment.CpuUsage.TotalTime - start).TotalNanoseconds;
    }

    /// <summary>The middle one of several.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
