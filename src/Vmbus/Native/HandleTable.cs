using System.Diagnostics.CodeAnalysis;

namespace Vmbus;

/// <summary>
/// Numbers that stand for objects in C: a place and the generation of what is in it, so that a number that is stale, made up or of another table finds nothing.
/// Looking up takes no lock. Any thread, DISPATCH_LEVEL or lower.
/// </summary>
/// <param name="kind">1 to 3: tells the numbers of different tables apart.</param>
internal sealed class HandleTable<T>(int kind)
    where T : class
{
    private const int KindBits = 2;
    private static readonly int IndexBits = nint.Size == 8 ? 22 : 14;
    private static readonly nuint GenerationMask = nuint.MaxValue >> (IndexBits + KindBits);

    private Place[] _places = [];
    private int _free = -1;
    private SpinLock _lock = new(enableThreadOwnerTracking: false);

    /// <summary>Gives an object a number.</summary>
    /// <returns>The number, never 0.</returns>
    /// <exception cref="VmbusException">There are no more numbers.</exception>
    public nint Add(T target)
    {
        bool taken = false;
        try
        {
            _lock.Enter(ref taken);
            if (_free < 0)
            {
                Grow();
            }

            int index = _free;
            Place place = _places[index];
            _free = place.NextFree;
            Volatile.Write(ref place.Target, target);
            return (nint)(((place.Generation & GenerationMask) << (IndexBits + KindBits)) | ((nuint)index << KindBits) | (nuint)kind);
        }
        finally
        {
            if (taken)
            {
                _lock.Exit(useMemoryBarrier: false);
            }
        }
    }

    /// <summary>The object of a number.</summary>
    public bool TryGet(nint handle, [NotNullWhen(true)] out T? target)
    {
        target = null;
        if (Find(handle) is { } place)
        {
            target = Volatile.Read(ref place.Target);

            // In this order: a generation that still holds after the object was read shows that it is not that of a later number.
            if (!IsOf(handle, Volatile.Read(ref place.Generation)))
            {
                target = null;
            }
        }

        return target is not null;
    }

    /// <summary>Takes a number out of use. Of several callers one succeeds.</summary>
    public bool TryRemove(nint handle, [NotNullWhen(true)] out T? target)
    {
        target = null;
        bool taken = false;
        try
        {
            _lock.Enter(ref taken);
            if (Find(handle) is { Target: { } found } place && IsOf(handle, place.Generation))
            {
                target = found;
                Volatile.Write(ref place.Generation, place.Generation + 1);
                Volatile.Write(ref place.Target, null);
                place.NextFree = _free;
                _free = IndexOf(handle);
            }
        }
        finally
        {
            if (taken)
            {
                _lock.Exit(useMemoryBarrier: false);
            }
        }

        return target is not null;
    }

    private static int IndexOf(nint handle) => (int)(((nuint)handle >> KindBits) & (((nuint)1 << IndexBits) - 1));

    private static bool IsOf(nint handle, nuint generation) => (nuint)handle >> (IndexBits + KindBits) == (generation & GenerationMask);

    private Place? Find(nint handle)
    {
        Place[] places = Volatile.Read(ref _places);
        int index = IndexOf(handle);
        return (handle & ((1 << KindBits) - 1)) == kind && index < places.Length ? places[index] : null;
    }

    private void Grow()
    {
        int count = _places.Length;
        int grown = Math.Min(Math.Max(16, count * 2), 1 << IndexBits);
        if (grown == count)
        {
            throw new VmbusException(NtStatus.InsufficientResources, $"All {count} handles are in use. Destroy channels that are no longer needed, and complete sent packets.");
        }

        Place[] places = new Place[grown];
        _places.CopyTo(places, 0);
        for (int i = grown - 1; i >= count; i--)
        {
            places[i] = new Place { NextFree = _free };
            _free = i;
        }

        Volatile.Write(ref _places, places);
    }

    private sealed class Place
    {
        public T? Target;
        public nuint Generation = 1;
        public int NextFree;
    }
}
