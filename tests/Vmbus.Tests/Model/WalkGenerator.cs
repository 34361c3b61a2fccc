using FsCheck;
using FsCheck.Fluent;

namespace Vmbus.Tests.Model;

/// <summary>Makes walks, and smaller ones of a walk that failed.</summary>
internal static class WalkGenerator
{
    private static readonly Gen<PacketFate> Fates = Gen.Frequency(
        (6, Gen.Constant(PacketFate.Complete)),
        (5, Gen.Constant(PacketFate.Hold)),
        (3, Gen.Constant(PacketFate.Defer)),
        (1, Gen.Constant(PacketFate.Lose)),
        (1, Gen.Constant(PacketFate.Fail)),
        (1, Gen.Constant(PacketFate.Throw)));

    private static readonly Gen<Misbehaviour> Misbehaviours = Gen.Elements(
        from callback in Enum.GetValues<StateCallback>()
        from throws in callback == StateCallback.Opened ? new[] { true, false, false, false } : [true]
        from onServer in callback == StateCallback.PnpFailure ? new[] { false } : [true, false]
        select new Misbehaviour(onServer, callback, throws));

    private static readonly Gen<WalkConfiguration> Configurations =
        from quota in Gen.Elements(1, 2, 1024, 1024)
        from flags in Gen.Choose(0, 7)
        select new WalkConfiguration(quota, (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0);

    /// <summary>One list of commands.</summary>
    public static Arbitrary<Walk> Sequential(int length) => Arb.From(
        from configuration in Configurations
        from commands in Gen.ArrayOf(Commands(Gen.Elements(true, false), Weights(lifecycle: 2, sends: 14, held: 8, misbehave: 2, dispose: 1)), length)
        select new Walk(configuration, [commands]),
        Shrink);

    /// <summary>
    /// A thread for each endpoint, the only one that sends from it, and one that acts on both and ends held packets.
    /// </summary>
    public static Arbitrary<Walk> Concurrent(int length) => Arb.From(
        from configuration in Configurations
        from server in Gen.ArrayOf(Commands(Gen.Constant(true), Weights(lifecycle: 3, sends: 24, held: 4, misbehave: 1, dispose: 0)), length)
        from client in Gen.ArrayOf(Commands(Gen.Constant(false), Weights(lifecycle: 3, sends: 24, held: 4, misbehave: 1, dispose: 0)), length)
        from both in Gen.ArrayOf(Commands(Gen.Elements(true, false), Weights(lifecycle: 3, sends: 0, held: 12, misbehave: 1, dispose: 0)), length)
        select new Walk(configuration, [server, client, both]),
        Shrink);

    private static (int Weight, WalkAction Action)[] Weights(int lifecycle, int sends, int held, int misbehave, int dispose) =>
    [
        (lifecycle * 4, WalkAction.Enable),
        (lifecycle * 4, WalkAction.Start),
        (lifecycle * 2, WalkAction.Pause),
        (lifecycle * 2, WalkAction.Disable),
        (sends, WalkAction.Send),
        (held, WalkAction.CompleteHeld),
        ((held + 7) / 8, WalkAction.FailHeld),
        (1, WalkAction.Abandon),
        (misbehave, WalkAction.Misbehave),
        (dispose, WalkAction.Dispose),
    ];

    private static Gen<WalkCommand> Commands(Gen<bool> onServer, (int Weight, WalkAction Action)[] weights) =>
        from action in Gen.Frequency(weights.Where(weight => weight.Weight > 0).Select(weight => (weight.Weight, Gen.Constant(weight.Action))))
        from server in onServer
        from fate in Fates
        from waits in Gen.Elements(true, false)
        from index in Gen.Choose(0, 3)
        from misbehaviour in Misbehaviours
        select new WalkCommand(action, server, fate, waits, index, action == WalkAction.Misbehave ? misbehaviour : null);

    /// <summary>Leaves out ever shorter runs of commands, then makes the configuration plain.</summary>
    private static IEnumerable<Walk> Shrink(Walk walk)
    {
        for (int thread = 0; thread < walk.Threads.Length; thread++)
        {
            WalkCommand[] commands = walk.Threads[thread];
            for (int run = commands.Length; run > 0; run /= 2)
            {
                for (int start = 0; start + run <= commands.Length; start += run)
                {
                    WalkCommand[][] threads = [.. walk.Threads];
                    threads[thread] = [.. commands[..start], .. commands[(start + run)..]];
                    yield return walk with { Threads = threads };
                }
            }
        }

        WalkConfiguration plain = new(1024, ServerAtPassive: false, ClientAtPassive: false, InPlace: false);
        if (walk.Configuration != plain)
        {
            yield return walk with { Configuration = plain };
        }
    }
}
