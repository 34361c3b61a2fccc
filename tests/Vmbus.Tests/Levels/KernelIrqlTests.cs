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
