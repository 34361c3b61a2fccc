namespace Vmbus;

/// <summary>
/// The simulated interrupt request level of the current thread: KeGetCurrentIrql, KeRaiseIrql and KeLowerIrql. A thread starts at
/// <see cref="Irql.Passive"/>; the dispatch threads of a bus run callbacks at <see cref="Irql.Dispatch"/>.
/// </summary>
public static class KernelIrql
{
    [ThreadStatic]
    private static Irql _current;

    /// <summary>Open raises, so that a scope disposed twice or out of order is seen.</summary>
    [ThreadStatic]
    private static int _depth;

    /// <summary>The level before each open raise, two bits a raise, the innermost lowest.</summary>
    [ThreadStatic]
    private static ulong _previousLevels;

    private const int MaximumDepth = 32;

    /// <summary>The level of the calling thread. KeGetCurrentIrql.</summary>
    public static Irql Current => _current;

    /// <summary>Raises the level of the calling thread. KeRaiseIrql.</summary>
    /// <param name="irql">The new level, not below the current one.</param>
    /// <returns>A scope that lowers to the previous level when disposed, on the same thread.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="irql"/> is no level.</exception>
    /// <exception cref="IrqlViolationException"><paramref name="irql"/> is lower than the current level: a raise must not lower.</exception>
    /// <exception cref="InvalidOperationException">More than 32 raises are open on this thread.</exception>
    public static IrqlScope Raise(Irql irql)
    {
        CheckDefined(irql);
        Irql previous = _current;
        if (irql < previous)
        {
            throw new IrqlViolationException($"KernelIrql.Raise({irql})", previous, irql, "Use KernelIrql.Lower, or dispose the scope of the earlier raise.");
        }

        if (_depth == MaximumDepth)
        {
            throw new InvalidOperationException($"{MaximumDepth} raises of the IRQL are open on this thread. Dispose the scope of each raise.");
        }

        _previousLevels = (_previousLevels << 2) | (byte)previous;
        _current = irql;
        return new IrqlScope(previous, ++_depth);
    }

    /// <summary>Lowers the level of the calling thread. KeLowerIrql.</summary>
    /// <param name="irql">The new level, not above the current one; ordinarily <see cref="IrqlScope.Previous"/> of the raise that it undoes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="irql"/> is no level.</exception>
    /// <exception cref="IrqlViolationException"><paramref name="irql"/> is higher than the current level: a lower must not raise.</exception>
    public static void Lower(Irql irql)
    {
        CheckDefined(irql);
        if (irql > _current)
        {
            throw new IrqlViolationException($"KernelIrql.Lower({irql})", _current, irql, "Use KernelIrql.Raise.");
        }

        // Every raise that began at this level or above is undone by it.
        while (_depth > 0 && (Irql)(_previousLevels & 3) >= irql)
        {
            Pop();
        }

        _current = irql;
    }

    /// <summary>Throws where the calling thread is above PASSIVE_LEVEL.</summary>
    internal static void RequirePassive(string operation, string remedy)
    {
        if (_current > Irql.Passive)
        {
            throw new IrqlViolationException(operation, _current, Irql.Passive, remedy);
        }
    }

    /// <summary>Makes a thread of the pool start at PASSIVE_LEVEL whatever ran on it before.</summary>
    internal static void ResetToPassive()
    {
        _current = Irql.Passive;
        _depth = 0;
        _previousLevels = 0;
    }

    internal static void Leave(Irql previous, int depth)
    {
        if (depth != _depth)
        {
            throw new InvalidOperationException(
                $"An IrqlScope was disposed twice or out of order: it is raise number {depth} of its thread, the innermost open one is {_depth}. Dispose scopes once, innermost first, on the thread that raised.");
        }

        Pop();
        _current = previous;
    }

    private static void Pop()
    {
        _depth--;
        _previousLevels >>= 2;
    }

    private static void CheckDefined(Irql irql)
    {
        if (irql > Irql.Dispatch)
        {
            throw new ArgumentOutOfRangeException(nameof(irql), irql, "Levels are Passive (0), Apc (1) and Dispatch (2).");
        }
    }
}
