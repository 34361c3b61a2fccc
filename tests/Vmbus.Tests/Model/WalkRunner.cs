using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Vmbus.Tests.Channels;

namespace Vmbus.Tests.Model;

/// <summary>
/// Runs a property over walks. A failure prints the seed and the smallest walk that was found to fail; <c>VMBUS_WALK_REPLAY=seed,gamma,size</c> runs from that
/// seed again, and <c>VMBUS_WALK_COUNT</c> sets how many walks are made.
/// </summary>
internal static class WalkRunner
{
    /// <summary>How long something may take before it counts as never: long for what is expected to come, short for the many smaller walks after a failure.</summary>
    public static TimeSpan Patience(TimeSpan ordinary) => Failed ? TimeSpan.FromSeconds(1) : ordinary;

    [ThreadStatic]
    private static bool Failed;

    [ThreadStatic]
    private static Dictionary<(BusKind, ExternalDataMode), BusEnds>? LaneBuses;

    /// <summary>A bus of the lane that the calling thread runs: one for all its walks, because each bus has threads of its own for a while.</summary>
    public static BusEnds Bus(WalkConfiguration configuration)
    {
        LaneBuses ??= [];
        if (!LaneBuses.TryGetValue((configuration.Bus, configuration.Data), out BusEnds? bus))
        {
            bus = BusEnds.Create(configuration.Bus, new VmbusBusOptions { ExternalData = configuration.Data });
            LaneBuses.Add((configuration.Bus, configuration.Data), bus);
        }

        return bus;
    }

    /// <summary>How many walks go on side by side: most of a walk is waiting for other threads to have their turn.</summary>
    private const int Lanes = 6;

    /// <returns>How many walks were made.</returns>
    public static int Check(Arbitrary<Walk> walks, int count, Action<Walk> run)
    {
        string? replay = Environment.GetEnvironmentVariable("VMBUS_WALK_REPLAY");
        count = int.TryParse(Environment.GetEnvironmentVariable("VMBUS_WALK_COUNT"), out int wanted) ? wanted : count;
        int made = 0;
        Task[] lanes = [.. Enumerable.Range(0, string.IsNullOrEmpty(replay) ? Lanes : 1).Select(_ => Task.Factory.StartNew(
            () => CheckLane(walks, (count + Lanes - 1) / Lanes, replay, walk =>
            {
                run(walk);
                Interlocked.Increment(ref made);
            }),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default))];
        Task.WhenAll(lanes).GetAwaiter().GetResult();
        return made;
    }

    private static void CheckLane(Arbitrary<Walk> walks, int count, string? replay, Action<Walk> run)
    {
        Failed = false;
        Config config = Config.QuickThrowOnFailure
            .WithMaxTest(count)
            .WithQuietOnSuccess(true);
        if (!string.IsNullOrEmpty(replay))
        {
            string[] parts = replay.Trim('(', ')').Split(',');
            FSharpOption<int> size = parts.Length > 2 ? FSharpOption<int>.Some(int.Parse(parts[2])) : FSharpOption<int>.None;
            config = config.WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(ulong.Parse(parts[0]), ulong.Parse(parts[1])), size)));
        }

        try
        {
            FsCheck.Check.One(config, Prop.ForAll(walks, walk =>
            {
                try
                {
                    run(walk);
                }
                catch (Exception exception)
                {
                    if (!Failed)
                    {
                        Console.WriteLine($"The first walk that failed: {exception.Message}");
                    }

                    Failed = true;
                    throw;
                }
            }));
        }
        finally
        {
            foreach (BusEnds bus in LaneBuses?.Values ?? (IEnumerable<BusEnds>)[])
            {
                bus.Dispose();
            }

            LaneBuses = null;
        }
    }
}
