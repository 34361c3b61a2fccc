namespace Vmbus;

/// <summary>The memory of a guest that is not there.</summary>
internal sealed class NoGuestMemory : IGuestMemory
{
    /// <summary>The one instance: it has no state.</summary>
    public static NoGuestMemory Instance { get; } = new();

    public bool TryGetPage(ulong pageFrameNumber, out Memory<byte> region, out int offset, out bool isReadOnly)
    {
        (region, offset, isReadOnly) = (default, 0, false);
        return false;
    }
}
