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
        Exception? outOfOrder = null;
        try
        {
            outer.Dispose();
        }
        catch (InvalidOperationException exception)
        {
            outOfOrder = exception;
        }

        Assert.NotNull(outOfOrder);
        Assert.Equal(Irql.Dispatch, KernelIrql.Current);
        inner.Dispose();
        Exception? twice = null;
        try
        {
            inner.Dispose();
        }
        catch (InvalidOperationException exception)
        {
            twice = exception;
        }

        Assert.NotNull(twice);
        Assert.Equal(Irql.Apc, KernelIrql.Current);
        outer.Dispose();
        Assert.Equal(Irql.Passive, KernelIrql.Current);
        Exception? nothing = null;
        try
        {
            default(IrqlScope).Dispose();
        }
        catch (InvalidOperationException exception)
        {
            nothing = exception;
        }

        Assert.NotNull(nothing);
    }

    [Fact]
    public void Lower_undoes_the_raises_that_it_goes_below_and_leaves_the_others()
    {
        IrqlScope apc = KernelIrql.Raise(Irql.Apc);
        IrqlScope dispatch = KernelIrql.Raise(Irql.Dispatch);
        IrqlScope again = KernelIrql.Raise(Irql.Dispatch);
        KernelIrql.Lower(Irql.Dispatch);
        Assert.Equal(Irql.Dispatch, KernelIrql.Current);
        Exception? undone = null;
        try
        {
            again.Dispose();
        }
        catch (InvalidOperationException exception)
        {
            undone = exception;
        }

        // The raise to the level that it was at has begun there, too.
        Assert.NotNull(undone);
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
        int refused = 0;
        try
        {
            dispatch.Dispose();
        }
        catch (InvalidOperationException)
        {
            refused++;
        }

        try
        {
            apc.Dispose();
        }
        catch (InvalidOperationException)
        {
            refused++;
        }

        Assert.Equal((2, Irql.Passive), (refused, KernelIrql.Current));
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
}
