namespace Vmbus;

/// <summary>A GPADL of the guest, as the host knows it.</summary>
internal sealed class HostGpadl(BusSession session, in ControlMessage message, int pageCount)
{
    private readonly ControlMessage _header = message;

    /// <summary>The connection that it belongs to.</summary>
    public BusSession Session { get; } = session;

    /// <summary>The opening that it was created in.</summary>
    public uint OpenId => _header.OpenId;

    /// <summary>The guest's wish to tear it down, which waits for the server.</summary>
    public ControlMessage? Teardown { get; set; }

    /// <summary>What the server maps.</summary>
    public SharedGpadl Describe()
    {
        ulong[] pages = new ulong[pageCount];
        for (int i = 0; i < pages.Length; i++)
        {
            pages[i] = _header.FirstPage + (uint)i;
        }

        return new SharedGpadl(_header.GpadlHandle, pages, _header.ByteOffset, _header.ByteCount, (_header.Flags & (uint)GpadlMessageFlags.ReadOnly) != 0);
    }
}
