namespace Vmbus;

/// <summary>A raised level, lowered again when disposed. Made by <see cref="KernelIrql.Raise"/>.</summary>
public ref struct IrqlScope
{
    private readonly int _depth;
    private bool _disposed;

    internal IrqlScope(Irql previous, int depth)
    {
        Previous = previous;
        _depth = depth;
    }

    /// <summary>The level before the raise: what KeRaiseIrql stores for KeLowerIrql.</summary>
    public Irql Previous { get; }

    /// <summary>Lowers the level of the thread to <see cref="Previous"/>. KeLowerIrql.</summary>
    /// <exception cref="InvalidOperationException">The scope was disposed already, is no scope (<see langword="default"/>), or an inner one is still open.</exception>
    public void Dispose()
    {
        if (_disposed || _depth == 0)
        {
            throw new InvalidOperationException("An IrqlScope was disposed twice, or is default. Dispose the scope that KernelIrql.Raise returned, once.").With(NtStatus.InvalidDeviceState);
        }

        KernelIrql.Leave(Previous, _depth);
        _disposed = true;
    }
}
