using System.Runtime.InteropServices;

namespace Vmbus.Ring;

/// <summary>Memory that somebody else owns, who is told when its last user is gone.</summary>
internal sealed class ForeignRingBuffer : SafeBuffer
{
    private readonly Action? _released;

    public ForeignRingBuffer(nint address, long length, Action? released)
        : base(ownsHandle: true)
    {
        _released = released;
        SetHandle(address);
        Initialize((ulong)length);
    }

    protected override bool ReleaseHandle()
    {
        _released?.Invoke();
        return true;
    }
}
