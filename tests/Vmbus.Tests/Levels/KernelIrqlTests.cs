namespace Vmbus.Tests.Levels;

/// <summary>The level of a thread: raised, lowered again in order, and misuse found at once.</summary>
public sealed class KernelIrqlTests
{
    [Fact]
    public void A_raise_lowers_again_to_what_was_before()
    {
        Assert.Equal(Irql.Passive, KernelIrql.Current);
        using (IrqlScope apc = KernelIrql.Raise(Irql.Apc))
        {
            Assert.Equal((Irql.Passive, Irql.Apc), (apc.Previous, KernelIrql.Current));
            using (IrqlScope dispatch = KernelIrql.Raise(Irql.Dispatch))
            {
                Assert.Equal((Irql.Apc, Irql.Dispatch), (dispatch.Previous, KernelIrql.Current));
            }

            Assert.Equal(Irql.Apc, KernelIrql.Current);
        }

        Assert.Equal(Irql.Passive, KernelIrql.Current);
    }

    [Fact]
    public void A_scope_that_is_disposed_twice_or_out_of_order_throws_and_the_level_stays()
    {
        IrqlScope outer = KernelIrql.Raise(Irql.Apc);
        IrqlScope inner = KernelIrql.Raise(Irql.Dispatch);
        Assert.True(IsRefused(outer));
        Assert.Equal(Irql.Dispatch, KernelIrql.Current);
        inner.Dispose();
        Assert.True(IsRefused(inner));
        Assert.Equal(Irql.Apc, KernelIrql.Current);
        outer.Dispose();
        Assert.Equal(Irql.Passive, KernelIrql.Current);
        Assert.True(IsRefused(default));
    }

    [Fact]
    public void Lower_undoes_the_raises_that_it_goes_below_and_leaves_the_others()
    {
        IrqlScope apc = KernelIrql.Raise(Irql.Apc);
        IrqlScope dispatch = KernelIrql.Raise(Irql.Dispatch);
        IrqlScope again = KernelIrql.Raise(Irql.Dispatch);
        KernelIrql.Lower(Irql.Dispatch);
        Assert.Equal(Irql.Dispatch, KernelIrql.Current);

        // The raise to the level that it was at has begun there, too.
        Assert.True(IsRefused(again));
        dispatch.Dispose();
        Assert.Equal(Irql.Apc, KernelIrql.Current);
        KernelIrql.Lower(Irql.Apc);
        apc.Dispose();
        Assert.Equal(Irql.Passive, KernelIrql.Current);
    }

    [Fact]
    public void Lower_to_PASSIVE_LEVEL_undoes_all_and_their_scopes_are_void()
    {
        IrqlScope apc = KernelIrql.Raise(Irql.Apc);
        IrqlScope dispatch = KernelIrql.Raise(Irql.Dispatch);
        KernelIrql.Lower(Irql.Passive);
        Assert.Equal(Irql.Passive, KernelIrql.Current);
        Assert.True(IsRefused(dispatch));
        Assert.True(IsRefused(apc));
        Assert.Equal(Irql.Passive, KernelIrql.Current);
        using (KernelIrql.Raise(Irql.Dispatch))
        {
            Assert.Equal(Irql.Dispatch, KernelIrql.Current);
        }

        Assert.Equal(Irql.Passive, KernelIrql.Current);
    }

    [Fact]
    public void The_level_belongs_to_the_thread()
    {
        Irql seen = Irql.Dispatch;
        using (KernelIrql.Raise(Irql.Dispatch))
        {
            Thread other = new(() => seen = KernelIrql.Current);
            other.Start();
            other.Join();
        }

        Assert.Equal(Irql.Passive, seen);
    }

    /// <summary>Whether disposing a scope is refused.</summary>
    private static bool IsRefused(IrqlScope scope)
    {
        try
        {
            scope.Dispose();
            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }
}
