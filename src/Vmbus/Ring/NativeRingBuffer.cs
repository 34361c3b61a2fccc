using System.Runtime.InteropServices;

namespace Vmbus.Ring;

/// <summary>Zeroed, page-aligned native memory, freed when its last user is gone.</summary>
internal sealed unsafe class NativeRingBuffer : SafeBuffer
{
    public NativeRingBuffer(long length)
        : base(ownsHandle: true)
    {
        void* memory = NativeMemory.AlignedAlloc((nuint)length, RingMemory.PageSize);
        NativeMemory.Clear(memory, (nuint)length);
        SetHandle((nint)memory);
        Initialize((ulong)length);
    }

    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }
}
