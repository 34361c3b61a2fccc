using FsCheck;
using FsCheck.Fluent;
using Vmbus.Tests.Channels;

namespace Vmbus.Tests.Model;

/// <summary>Makes walks, and smaller ones of a walk that failed.</summary>
internal static class WalkGenerator
{
    private static readonly (int Weight, PacketFate Fate)[] Fates =
    [
        (6, PacketFate.Complete),
        (5, PacketFate.Hold),
        (3, PacketFate.Defer),
        (1, PacketFate.Lose),
        (1, PacketFate.Fail),
        (1, PacketFate.Throw),
    ];

    private static readonly Gen<Misbehaviour> Misbehaviours = Gen.Elements(
        from callback in Enum.GetValues<StateCallback>()
        from throws in callback == StateCallback.Opened ? new[] { true, false, false, false } : [true]
        from onServer in callback == StateCallback.PnpFailure ? new[] { false } : [true, false]
        select new Misbehaviour(onServer, callback, throws));

    private static Gen<WalkConfiguration> Configurations(BusKind bus) =>
        from quota in Gen.Elements(1, 2, 1024, 1024)
        from flags in Gen.Choose(0, 31)
        select new WalkConfiguration(
            quota,
            (flags & 1) != 0,
            (flags & 2) != 0,
            (flags & 4) != 0,
            (flags & 8) != 0,
            bus,
            (flags & 16) != 0 ? ExternalDataMode.PendingFirst : ExternalDataMode.Present);

    /// <summary>One list of commands.</summary>
    public static Arbitrary<Walk> Sequential(int length, BusKind bus) => Arb.From(
        from configuration in Configurations(bus)
        let stops = !configuration.HasBacklogs
        from commands in Gen.ArrayOf(
            Commands(Gen.Elements(true, false), Weights(lifecycle: 2, sends: 22, held: 8, gpadls: 2, saves: 2, misbehave: stops ? 2 : 0, dispose: 1), configuration.HasBacklogs, stops), length)
        select new Walk(configuration, [commands]),
        Shrink);

    /// <summary>
    /// A thread for each endpoint, the only one that sends from it, and one that acts on both and ends held packets.
    /// </summary>
    public static Arbitrary<Walk> Concurrent(int length, BusKind bus) => Arb.From(
        from configuration in Configurations(bus)
        from server in Gen.ArrayOf(Commands(Gen.Constant(true), Weights(lifecycle: 3, sends: 24, held: 4, gpadls: 0, saves: 2, misbehave: 1, dispose: 0), configuration.HasBacklogs, stops: true), length)
        from client in Gen.ArrayOf(Commands(Gen.Constant(false), Weights(lifecycle: 3, sends: 24, held: 4, gpadls: 0, saves: 0, misbehave: 1, dispose: 0), configuration.HasBacklogs, stops: true), length)
        from both in Gen.ArrayOf(Commands(Gen.Elements(true, false), Weights(lifecycle: 3, sends: 0, held: 12, gpadls: 4, saves: 0, misbehave: 1, dispose: 0), configuration.HasBacklogs, stops: true), length)
        select new Walk(configuration, [server, client, both]),
        Shrink);

    private static (int Weight, WalkAction Action)[] Weights(int lifecycle, int sends, int held, int gpadls, int saves, int misbehave, int dispose) =>
    [
        (lifecycle * 4, WalkAction.Enable),
        (lifecycle * 4, WalkAction.Start),
        (lifecycle * 2, WalkAction.Pause),
        (lifecycle * 2, WalkAction.Disable),
        (sends, WalkAction.Send),
        (sends / 6, WalkAction.Cancel),
        (held, WalkAction.CompleteHeld),
        ((held + 7) / 8, WalkAction.FailHeld),
        (1, WalkAction.Abandon),
        (gpadls, WalkAction.CreateGpadl),
        (gpadls, WalkAction.MapGpadl),
        (gpadls / 2, WalkAction.UnmapGpadl),
        (gpadls / 2, WalkAction.DeleteGpadl),
        (saves / 2, WalkAction.Save),
        (saves, WalkAction.Move),
        (misbehave, WalkAction.Misbehave),
        (dispose, WalkAction.Dispose),
    ];

    private static Gen<WalkCommand> Commands(Gen<bool> onServer, (int Weight, WalkAction Action)[] weights, bool hasBacklogs, bool stops) =>
        from action in Gen.Frequency(weights
            .Where(weight => weight.Weight > 0 && (stops || weight.Action != WalkAction.FailHeld))
            .Select(weight => (weight.Weight, Gen.Constant(weight.Action))))
        from server in onServer
        from send in Sends(server, hasBacklogs, stops)
        from blocks in Gen.Elements(true, false)
        from index in Gen.Choose(0, 3)
        from misbehaviour in Misbehaviours
        select new WalkCommand(action, server, send, blocks, index, action == WalkAction.Misbehave ? misbehaviour : null);

    private static Gen<PacketSend> Sends(bool server, bool hasBacklogs, bool stops) =>
        from fate in Gen.Frequency(Fates.Where(fate => stops || fate.Fate is not (PacketFate.Fail or PacketFate.Throw)).Select(fate => (fate.Weight, Gen.Constant(fate.Fate))))
        from form in Gen.Frequency((4, Gen.Constant(SendForm.Channel)), (7, Gen.Constant(SendForm.Packet)), (1, Gen.Constant(SendForm.Try)))
        from flags in Gen.Choose(0, 15)
        select new PacketSend(fate, form, (flags & 3) != 0, !server && form == SendForm.Packet && (flags & 2) != 0, hasBacklogs && (flags & 12) != 0);

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

        WalkConfiguration plain = walk.Configuration with { Quota = 1024, ServerAtPassive = false, ClientAtPassive = false, InPlace = false, Data = ExternalDataMode.Present };
        if (walk.Configuration != plain)
        {
            yield return walk with { Configuration = plain };
        }
    }
}
