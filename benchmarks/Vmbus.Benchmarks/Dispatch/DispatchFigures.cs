using System.Collections.Frozen;
using Vmbus.Benchmarks.Harness;
using static Vmbus.Benchmarks.Harness.Medians;

namespace Vmbus.Benchmarks.Dispatch;

/// <summary>
/// What generated dispatch costs beside the same handlers behind forms that are written by hand (a switch; a hash table before a switch), and behind dictionaries of
/// delegates. All times are relative, from one interleaved run.
/// </summary>
/// <param name="Cell">The message types.</param>
/// <param name="IsHot">Whether nine of ten packets have one type; else every type is as likely.</param>
/// <param name="Nanoseconds">A packet through generated dispatch.</param>
/// <param name="BySwitch">Its time to that of the switch by hand.</param>
/// <param name="ByTable">Its time to that of the table by hand.</param>
/// <param name="ByFrozen">Its time to that of a FrozenDictionary.</param>
/// <param name="ByDictionary">Its time to that of a Dictionary.</param>
/// <param name="Noise">The time of the switch by hand to that of the same text compiled a second time: what is no difference looks like this.</param>
/// <param name="BytesPerPacket">What generated dispatch allocates.</param>
internal sealed record DispatchFigures(
    DispatchCell Cell, bool IsHot, double Nanoseconds, double BySwitch, double ByTable, double ByFrozen, double ByDictionary, double Noise, double BytesPerPacket)
{
    /// <summary>How many times everything is compiled and measured. A figure is the median: how code comes to lie, and what the runtime has seen when it optimizes, is luck.</summary>
    private const int Compilations = 3;

    /// <summary>Measures message types in random order, then with a hot type.</summary>
    public static IEnumerable<DispatchFigures> Measure(DispatchCell cell)
        => from isHot in new[] { false, true }
           select MedianOf([.. Enumerable.Range(0, Compilations).Select(_ => MeasureOnce(cell, isHot))]);

    private static DispatchFigures MedianOf(IReadOnlyList<DispatchFigures> all) => new(
        all[0].Cell,
        all[0].IsHot,
        Median(all.Select(static f => f.Nanoseconds)),
        Median(all.Select(static f => f.BySwitch)),
        Median(all.Select(static f => f.ByTable)),
        Median(all.Select(static f => f.ByFrozen)),
        Median(all.Select(static f => f.ByDictionary)),
        Median(all.Select(static f => f.Noise)),
        all.Max(static f => f.BytesPerPacket));

    private static DispatchFigures MeasureOnce(DispatchCell cell, bool isHot)
    {
        uint[] types = cell.MessageTypes();
        CompiledHandlers compiled = HandlerSource.Compile(types);
        Dictionary<uint, Handler> dictionary = compiled.Handlers.Table().ToDictionary(entry => entry.Type, entry => entry.Handle);
        PacketReplay replay = DispatchShape.Replay(types, isHot);
        DispatchShape generated = new("generated", compiled.Generated, replay);
        DispatchShape hand = new("switch", compiled.BySwitch, replay);
        DispatchShape again = new("switch again", compiled.BySwitchAgain, replay);
        DispatchShape probing = new("table", compiled.ByTable, replay);
        DispatchShape table = new("dictionary", new TableDispatch<DictionaryTable>(new(dictionary)), replay);
        DispatchShape frozen = new("frozen", new TableDispatch<FrozenTable>(new(dictionary.ToFrozenDictionary())), replay);
        InterleavedRun run = InterleavedRun.Measure([generated, hand, again, probing, table, frozen], passes: 1, rounds: 21);
        return new DispatchFigures(
            cell,
            isHot,
            run.Nanoseconds(generated),
            run.Slowdown(generated, hand),
            run.Slowdown(generated, probing),
            run.Slowdown(generated, frozen),
            run.Slowdown(generated, table),
            run.Slowdown(hand, again),
            run.BytesPerOperation(generated));
    }
}
