namespace Vmbus;

/// <summary>
/// The memory of one opening. Its pages serve others when this side's readers and writers have let the rings go and the host, where it was told of them, has
/// said that it has; until then also the pages of packets that the host was never heard of again.
/// </summary>
internal sealed class GuestOpening(GuestPages pages, uint id, int firstPage, int pageCount)
{
    private readonly List<(int First, int Count, PageUse Use)> _unsettled = [];
    private int _users = 2;
    private bool _isReleased;

    /// <summary>The number of the opening.</summary>
    public uint Id { get; } = id;

    /// <summary>The first page of the rings.</summary>
    public int FirstPage { get; } = firstPage;

    /// <summary>The rings.</summary>
    public ChannelRings? Rings { get; set; }

    /// <summary>The host is told of the rings.</summary>
    public void AddUser() => Interlocked.Increment(ref _users);

    /// <summary>A user lets the memory go. Any thread.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _users) != 0)
        {
            return;
        }

        pages.Release(FirstPage, pageCount);
        lock (_unsettled)
        {
            _isReleased = true;
            foreach ((int first, int count, PageUse use) in _unsettled)
            {
                pages.Release(first, count, use);
            }

            _unsettled.Clear();
        }
    }

    /// <summary>Keeps pages that the host may still use.</summary>
    public void Keep(int first, int count, PageUse use)
    {
        lock (_unsettled)
        {
            if (_isReleased)
            {
                pages.Release(first, count, use);
            }
            else
            {
                _unsettled.Add((first, count, use));
            }
        }
    }
}
