using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Vmbus.Tests.Channels;

namespace Vmbus.Tests.Model;

/// <summary>
/// Runs a property over walks: the same ones each time, so that a build fails by what was changed and not by chance, and new ones where it runs for long. A failure prints
/// the seed and the smallest walk that was found to fail; <c>VMBUS_WALK_REPLAY=seed,gamma,size</c> runs from that seed again, and <c>VMBUS_WALK_COUNT</c> makes so many
/// new walks.
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

    /// <summary>The step of the random numbers, as odd as it has to be.</summary>
    private const ulong Gamma = 0x9E37_79B9_7F4A_7C15;

    /// <param name="walks">Makes walks.</param>
    /// <param name="count">How many.</param>
    /// <param name="areNew">Whether they are others each time.</param>
    /// <param name="run">Walks, and throws if something is wrong.</param>
    /// <returns>How many walks were made.</returns>
    public static int Check(Arbitrary<Walk> walks, int count, bool areNew, Action<Walk> run)
    {
        Replay? replay = ReplayOf(Environment.GetEnvironmentVariable("VMBUS_WALK_REPLAY"));
        if (int.TryParse(Environment.GetEnvironmentVariable("VMBUS_WALK_COUNT"), out int wanted))
        {
            (count, areNew) = (wanted, true);
        }

        int made = 0;
        Task[] lanes = [.. Enumerable.Range(0, replay is null ? Lanes : 1).Select(lane => Task.Factory.StartNew(
            () => CheckLane(walks, (count + Lanes - 1) / Lanes, replay ?? (areNew ? null : new Replay(new Rnd((ulong)lane, Gamma), FSharpOption<int>.None)), walk =>
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

    /// <summary>What a failure has printed.</summary>
    private static Replay? ReplayOf(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        string[] parts = text.Trim('(', ')').Split(',');
        return new Replay(
            new Rnd(ulong.Parse(parts[0]), ulong.Parse(parts[1])),
            parts.Length > 2 ? FSharpOption<int>.Some(int.Parse(parts[2])) : FSharpOption<int>.None);
    }

    private static void CheckLane(Arbitrary<Walk> walks, int count, Replay? replay, Action<Walk> run)
    {
        Failed = false;
        Config config = Config.QuickThrowOnFailure
            .WithMaxTest(count)
            .WithQuietOnSuccess(true);
        if (replay is not null)
        {
            config = config.WithReplay(FSharpOption<Replay>.Some(replay));
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
