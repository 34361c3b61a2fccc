using System.Diagnostics.CodeAnalysis;

namespace Vmbus;

/// <summary>Objects to use again, the one given back last first. Any thread, at DISPATCH_LEVEL or lower. Empty it takes no memory beyond itself.</summary>
/// <typeparam name="T">What is used again.</typeparam>
internal struct Lookaside<T>()
    where T : class
{
    private T?[] _items = [];
    private int _count;
    private SpinLock _lock = new(enableThreadOwnerTracking: false);

    /// <summary>Takes one out.</summary>
    public bool TryTake([NotNullWhen(true)] out T? item)
    {
        bool taken = false;
        try
        {
            _lock.Enter(ref taken);
            if (_count == 0)
            {
                item = null;
                return false;
            }

            item = _items[--_count]!;
            _items[_count] = null;
            return true;
        }
        finally
        {
            if (taken)
            {
                _lock.Exit(useMemoryBarrier: false);
            }
        }
    }

    /// <summary>Gives one back.</summary>
    public void Return(T item)
    {
        bool taken = false;
        try
        {
            _lock.Enter(ref taken);
            if (_count == _items.Length)
            {
                Array.Resize(ref _items, Math.Max(2, _count * 2));
            }

            _items[_count++] = item;
        }
        finally
        {
            if (taken)
            {
                _lock.Exit(useMemoryBarrier: false);
            }
        }
    }
}
