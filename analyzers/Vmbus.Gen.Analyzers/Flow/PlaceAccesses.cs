namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>Places that are read, and complements of places that are written, statement after statement.</summary>
internal sealed class PlaceAccesses
{
    private int[] _items = new int[64];

    public int Count { get; private set; }

    public int this[int index] => _items[index];

    public void Add(int access)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, Count * 2);
        }

        _items[Count++] = access;
    }

    public bool Contains(int access, int from, int to) => Array.IndexOf(_items, access, from, to - from) >= 0;
}
