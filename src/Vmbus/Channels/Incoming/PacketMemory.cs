using System.Buffers;

namespace Vmbus;

/// <summary>The bytes of a packet as <see cref="Memory{T}"/>, revoked when the packet is completed.</summary>
internal sealed class PacketMemory : MemoryManager<byte>
{
    private byte[]? _storage;
    private int _length;

    /// <summary>The generation of the packet whose bytes these are.</summary>
    public long Generation { get; private set; }

    /// <summary>Lets the bytes of a packet be read.</summary>
    public void Lend(byte[] storage, int length, long generation)
    {
        Generation = generation;
        _length = length;
        Volatile.Write(ref _storage, storage);
    }

    public override Span<byte> GetSpan()
        => Volatile.Read(ref _storage) is { } bytes
            ? bytes.AsSpan(0, _length)
            : throw new ObjectDisposedException(nameof(PendingPacket), "The packet was completed: its BufferMemory cannot be used any more. Copy what is needed before (VMB301).").With(NtStatus.InvalidDeviceState);

    public override MemoryHandle Pin(int elementIndex = 0) => GetSpanMemory().Slice(elementIndex).Pin();

    public override void Unpin()
    {
        // The handle of Pin holds the array itself.
    }

    public void Revoke() => Volatile.Write(ref _storage, null);

    protected override void Dispose(bool disposing) => Revoke();

    private Memory<byte> GetSpanMemory()
    {
        _ = GetSpan();
        return _storage.AsMemory(0, _length);
    }
}
