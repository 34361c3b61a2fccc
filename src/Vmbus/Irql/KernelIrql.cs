namespace Vmbus;

/// <summary>
/// The simulated interrupt request level of the current thread: KeGetCurrentIrql, KeRaiseIrql and KeLowerIrql. A thread starts at
/// <see cref="Irql.Passive"/>; the dispatch threads of a bus run callbacks at <see cref="Irql.Dispatch"/>.
/// </summary>
public static class KernelIrql
{
    [ThreadStatic]
    private static Irql CurrentLevel;

    /// <summary>Open raises, so that a scope disposed twice or out of order is seen.</summary>
    [ThreadStatic]
    private static int OpenRaises;

    /// <summary>The level before each open raise, two bits a raise, the innermost lowest.</summary>
    [ThreadStatic]
    private static ulong PreviousLevels;

    private const int MaximumDepth = 32;

    /// <summary>Who is told of regions at DISPATCH_LEVEL that code opens by <see cref="Raise"/>; ordinarily nobody.</summary>
    private static volatile IDispatchRegionWatch? RegionWatch;

    /// <summary>The level of the calling thread. KeGetCurrentIrql.</summary>
    public static Irql Current => CurrentLevel;

    /// <summary>Raises the level of the calling thread. KeRaiseIrql.</summary>
    /// <param name="irql">The new level, not below the current one.</param>
    /// <returns>A scope that lowers to the previous level when disposed, on the same thread.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="irql"/> is no level.</exception>
    /// <exception cref="IrqlViolationException"><paramref name="irql"/> is lower than the current level: a raise must not lower.</exception>
    /// <exception cref="InvalidOperationException">More than 32 raises are open on this thread.</exception>
    public static IrqlScope Raise(Irql irql)
    {
        CheckDefined(irql);
        Irql previous = CurrentLevel;
        if (irql < previous)
        {
            throw new IrqlViolationException($"KernelIrql.Raise({irql})", previous, irql, "Use KernelIrql.Lower, or dispose the scope of the earlier raise.");
        }

        if (OpenRaises == MaximumDepth)
        {
            throw new InvalidOperationException($"{MaximumDepth} raises of the IRQL are open on this thread. Dispose the scope of each raise.").With(NtStatus.InsufficientResources);
        }

        PreviousLevels = (PreviousLevels << 2) | (byte)previous;
        CurrentLevel = irql;
        int depth = ++OpenRaises;
        if (RegionWatch is { } watch && irql == Irql.Dispatch && previous < Irql.Dispatch)
        {
            watch.Entered();
        }

        return new IrqlScope(previous, depth);
    }

    /// <summary>Lowers the level of the calling thread. KeLowerIrql.</summary>
    /// <param name="irql">The new level, not above the current one; ordinarily <see cref="IrqlScope.Previous"/> of the raise that it undoes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="irql"/> is no level.</exception>
    /// <exception cref="IrqlViolationException"><paramref name="irql"/> is higher than the current level: a lower must not raise.</exception>
    public static void Lower(Irql irql)
    {
        CheckDefined(irql);
        if (irql > CurrentLevel)
        {
            throw new IrqlViolationException($"KernelIrql.Lower({irql})", CurrentLevel, irql, "Use KernelIrql.Raise.");
        }

        // Every raise that began at this level or above is undone by it.
        while (OpenRaises > 0 && (Irql)(PreviousLevels & 3) >= irql)
        {
            Pop();
        }

        SetLevel(irql);
    }

    /// <summary>Throws where the calling thread is above PASSIVE_LEVEL.</summary>
    internal static void RequirePassive(string operation, string remedy)
    {
        if (CurrentLevel > Irql.Passive)
        {
            throw new IrqlViolationException(operation, CurrentLevel, Irql.Passive, remedy);
        }
    }

    /// <summary>The level of the calling thread with its open raises.</summary>
    internal static IrqlState State => new(CurrentLevel, OpenRaises, PreviousLevels);

    /// <summary>Lets <paramref name="watch"/> see the regions at DISPATCH_LEVEL of all threads from here on.</summary>
    internal static void WatchRegions(IDispatchRegionWatch watch) => RegionWatch = watch;

    /// <summary>Whether the calling thread is where it was when <paramref name="state"/> was taken.</summary>
    internal static bool IsIn(in IrqlState state) => CurrentLevel == state.Current && OpenRaises == state.Depth;

    /// <summary>Puts the calling thread back to where it was, whatever was raised, lowered or left open since.</summary>
    internal static void Restore(in IrqlState state)
    {
        OpenRaises = state.Depth;
        PreviousLevels = state.PreviousLevels;
        SetLevel(state.Current);
    }

    /// <summary>Makes the calling thread one that runs at a level of its own, without open raises.</summary>
    /// <returns>What <see cref="Restore"/> puts back.</returns>
    internal static IrqlState Assume(Irql irql)
    {
        IrqlState before = State;
        Restore(new IrqlState(irql, 0, 0));
        return before;
    }

    /// <summary>Makes a thread of the pool start at PASSIVE_LEVEL whatever ran on it before.</summary>
    internal static void ResetToPassive() => Restore(default);

    internal static void Leave(Irql previous, int depth)
    {
        if (depth != OpenRaises)
        {
            throw new InvalidOperationException(
                $"An IrqlScope was disposed twice or out of order: it is raise number {depth} of its thread, the innermost open one is {OpenRaises}. Dispose scopes once, innermost first, on the thread that raised.").With(NtStatus.InvalidDeviceState);
        }

        Pop();
        SetLevel(previous);
    }

    private static void SetLevel(Irql irql)
    {
        Irql before = CurrentLevel;
        CurrentLevel = irql;
        if (before == Irql.Dispatch && irql < Irql.Dispatch && RegionWatch is { } watch)
        {
            watch.Left();
        }
    }

    private static void Pop()
    {
        OpenRaises--;
        PreviousLevels >>= 2;
    }

    private static void CheckDefined(Irql irql)
    {
        if (irql > Irql.Dispatch)
        {
            throw new ArgumentOutOfRangeException(nameof(irql), irql, "Levels are Passive (0), Apc (1) and Dispatch (2).").With(NtStatus.InvalidParameter);
        }
    }
}
