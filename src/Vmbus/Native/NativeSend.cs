using System.Buffers;
using System.Runtime.InteropServices;

namespace Vmbus;

/// <summary>A packet on its way through a C host: what VMBPACKET stands for. Used again with its packet.</summary>
internal sealed unsafe class NativeSend(NativeEndpoint endpoint, VmbusPacket packet)
{
    private readonly List<MemoryHandle> _pins = [];
    private NativeMdl* _chain;

    public NativeEndpoint Endpoint { get; } = endpoint;

    public VmbusPacket Packet { get; } = packet;

    /// <summary>VMBPACKET while the packet is under way, else 0.</summary>
    public nint Handle;

    /// <summary>Whether the host has memory of the packet.</summary>
    public bool HasData => _chain is not null;

    /// <summary>Keeps the memory where it is until <see cref="Unpin"/>, and describes it to C.</summary>
    public NativeMdl* Pin(OutgoingData data)
    {
        _chain = (NativeMdl*)NativeMemory.Alloc((nuint)data.PieceCount, (nuint)sizeof(NativeMdl));
        NativeMdl* next = _chain;
        foreach (Memory<byte> piece in data.Pieces)
        {
            MemoryHandle pin = piece.Pin();
            _pins.Add(pin);
            bool isLast = _pins.Count == data.PieceCount;
            *next = new NativeMdl { Next = isLast ? null : next + 1, Address = pin.Pointer, ByteCount = (uint)piece.Length };
            next++;
        }

        return _chain;
    }

    /// <summary>The host has the memory no more.</summary>
    public void Unpin()
    {
        foreach (MemoryHandle pin in _pins)
        {
            pin.Dispose();
        }

        _pins.Clear();
        NativeMemory.Free(_chain);
        _chain = null;
    }
}
