using System.Buffers;

namespace Vmbus;

/// <summary>Memory of a C host as <see cref="Memory{T}"/>. Who hands it out sees to it that it is used only while it is there.</summary>
internal sealed unsafe class UnmanagedMemory(void* start, int length) : MemoryManager<byte>
{
    public override Span<byte> GetSpan() => new(start, length);

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ArgumentChecks.RequireRange(elementIndex, 0, length);
        return new MemoryHandle((byte*)start + elementIndex);
    }

    public override void Unpin()
    {
        // It does not move.
    }

    protected override void Dispose(bool disposing)
    {
        // It belongs to the host.
    }
}
