using FsCheck;
using FsCheck.Fluent;
using Vmbus.Gen.Generators.Emission;

namespace Vmbus.Gen.Generators.Tests.Emission;

/// <summary>How a message type finds its case, decided by how many there are and how they lie.</summary>
public sealed class DispatchPlanTests
{
    [Theory]
    [InlineData(1, 1u)]
    [InlineData(1000, 1u)]
    [InlineData(300, 2u)]
    [InlineData(8, 2654435761u)]
    public void Dense_or_few_types_are_switched_on_directly(int count, uint step)
        => Assert.IsType<DispatchPlan.OnMessageType>(DispatchPlan.For(Types(count, step), 4));

    [Theory]
    [InlineData(9, 4u)]
    [InlineData(256, 3u)]
    [InlineData(1000, 4u)]
    public void Types_of_middling_density_are_found_by_position(int count, uint step)
    {
        ulong[] types = Types(count, step);
        DispatchPlan.OnPosition plan = Assert.IsType<DispatchPlan.OnPosition>(DispatchPlan.For(types, 4));
        Assert.Equal(Enumerable.Range(1, count), types.Select(plan.CaseOf));
    }

    [Theory]
    [InlineData(9, 2654435761u)]
    [InlineData(64, 100_000u)]
    [InlineData(1000, 12u)]
    [InlineData(256, 2654435761u)]
    [InlineData(1000, 2654435761u)]
    [InlineData(5000, 2654435761u)]
    public void Many_sparse_types_are_hashed(int count, uint step)
        => Assert.IsType<DispatchPlan.OnSlot>(DispatchPlan.For(Types(count, step), 4));

    /// <summary>The compiler makes a jump table of each run, so a few of them are as good as one.</summary>
    [Fact]
    public void Eight_dense_runs_are_switched_on_directly_and_nine_are_not()
    {
        Assert.IsType<DispatchPlan.OnMessageType>(DispatchPlan.For(Runs(8), 4));
        Assert.IsType<DispatchPlan.OnSlot>(DispatchPlan.For(Runs(9), 4));

        static ulong[] Runs(int count) => [.. Enumerable.Range(0, count).SelectMany(static r => Enumerable.Range(0, 10).Select(i => (ulong)((r * 100_000) + i)))];
    }

    [Fact]
    public void Types_over_the_whole_range_of_64_bits_are_hashed()
        => Assert.IsType<DispatchPlan.OnSlot>(DispatchPlan.For([0, .. Enumerable.Range(1, 20).Select(static i => (ulong)i << 57), ulong.MaxValue], 8));

    [Fact]
    public void Every_key_has_a_slot_of_its_own_and_free_slots_hold_no_key_of_theirs()
        => Prop.ForAll<uint[], bool>((seeds, wide) =>
        {
            ulong[] keys = [.. seeds.Select(s => wide ? s * 0x9E3779B97F4A7C15UL : s).Distinct().Order()];
            if (keys.Length < 2)
            {
                return true;
            }

            PerfectHash hash = PerfectHash.Find(keys, wide ? 8 : 4)!;
            int[] slots = [.. keys.Select(hash.SlotOf)];
            return slots.Distinct().Count() == keys.Length
                && keys.Zip(slots).All(p => hash.Keys[p.Second] == p.First)
                && Enumerable.Range(0, hash.Keys.Count).Except(slots).All(free => hash.SlotOf(hash.Keys[free]) != free)
                && hash.Keys.Count < 2 * keys.Length;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_same_keys_give_the_same_table()
    {
        ulong[] keys = Types(100, 2654435761u);
        PerfectHash first = PerfectHash.Find(keys, 4)!;
        PerfectHash second = PerfectHash.Find(keys, 4)!;
        Assert.Equal((first.Multiplier, first.BucketShift, first.PlaceShift), (second.Multiplier, second.BucketShift, second.PlaceShift));
        Assert.Equal(first.Displacements, second.Displacements);
        Assert.Equal(first.Keys, second.Keys);
    }

    private static ulong[] Types(int count, uint step) => [.. Enumerable.Range(1, count).Select(i => (ulong)unchecked((uint)i * step)).Order()];
}
