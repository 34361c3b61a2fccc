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
    [InlineData(16, 2654435761u)]
    public void Dense_or_few_types_are_switched_on_directly(int count, uint step)
        => Assert.IsType<DispatchPlan.OnMessageType>(DispatchPlan.For(Types(count, step), 4));

    [Theory]
    [InlineData(17, 2654435761u)]
    [InlineData(64, 100_000u)]
    [InlineData(256, 2654435761u)]
    public void Many_sparse_types_are_hashed(int count, uint step)
        => Assert.IsType<DispatchPlan.OnIndex>(DispatchPlan.For(Types(count, step), 4));

    /// <summary>The compiler makes a jump table of each run, so a few of them are as good as one.</summary>
    [Fact]
    public void Sixteen_dense_runs_are_switched_on_directly_and_seventeen_are_not()
    {
        Assert.IsType<DispatchPlan.OnMessageType>(DispatchPlan.For(Runs(16), 4));
        Assert.IsType<DispatchPlan.OnIndex>(DispatchPlan.For(Runs(17), 4));

        static ulong[] Runs(int count) => [.. Enumerable.Range(0, count).SelectMany(static r => Enumerable.Range(0, 10).Select(i => (ulong)((r * 100_000) + i)))];
    }

    [Fact]
    public void Where_no_hash_is_found_the_compiler_has_to_do()
        => Assert.IsType<DispatchPlan.OnMessageType>(DispatchPlan.For(Types(1000, 2654435761u), 4));

    [Fact]
    public void Every_key_has_a_slot_of_its_own()
        => Prop.ForAll<uint[], bool>((seeds, wide) =>
        {
            ulong[] keys = [.. seeds.Select(s => wide ? s * 0x9E3779B97F4A7C15UL : s).Distinct().Order()];
            if (keys.Length < 2)
            {
                return true;
            }

            PerfectHash hash = PerfectHash.Find(keys, wide ? 8 : 4)!;
            return Enumerable.Range(0, keys.Length).All(i => hash.Slots[Slot(hash, keys[i])] == i) && hash.Slots.Count <= 32 * keys.Length;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_same_keys_give_the_same_table()
    {
        ulong[] keys = Types(100, 2654435761u);
        PerfectHash first = PerfectHash.Find(keys, 4)!;
        PerfectHash second = PerfectHash.Find(keys, 4)!;
        Assert.Equal((first.Multiplier, first.Shift), (second.Multiplier, second.Shift));
        Assert.Equal(first.Slots, second.Slots);
    }

    private static int Slot(PerfectHash hash, ulong key)
        => (int)((hash.Is64Bit ? unchecked(key * hash.Multiplier) : unchecked((uint)(key * hash.Multiplier))) >> hash.Shift);

    private static ulong[] Types(int count, uint step) => [.. Enumerable.Range(1, count).Select(i => (ulong)unchecked((uint)i * step)).Order()];
}
