using System.Runtime.CompilerServices;

namespace Vmbus.Ring;

/// <summary>What reader and writer of a ring have in common: the memory, and the verdict about it.</summary>
/// <remarks>
/// An endpoint belongs to one thread at a time; that holds for <see cref="Dispose"/>, too. Its peer may be any other process or thread.
/// The endpoint reads its own index from shared memory only once, when it attaches; from then on it keeps a private copy.
/// </remarks>
public abstract unsafe class RingEndpoint : IDisposable
{
    private readonly RingMemory _memory;
    private byte* _start;

    private protected RingEndpoint(RingMemory memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        _memory = memory;
        Size = (uint)memory.DataSize;
        _start = memory.AddReference();
        RingControlPage page = Page;
        uint writeIndex = page.WriteIndex;
        uint readIndex = page.ReadIndex;
        RingCorruption? corruption = CheckIndex(RingField.WriteIndex, writeIndex) ?? CheckIndex(RingField.ReadIndex, readIndex);
        if (corruption is not null)
        {
            Detach();
            GC.SuppressFinalize(this);
            throw new RingCorruptException(corruption);
        }

        AttachedWriteIndex = writeIndex;
        AttachedReadIndex = readIndex;
    }

    /// <summary>Drops the reference to the memory if <see cref="Dispose"/> was not called.</summary>
    ~RingEndpoint() => Detach();

    /// <summary>Why the ring cannot be used any more, or null. Once set it stays, and what was not published by then is dropped.</summary>
    public RingCorruption? Corruption { get; private set; }

    /// <summary>The size of the data area in bytes.</summary>
    public int DataSize => (int)Size;

    private protected uint Size { get; }

    private protected uint AttachedWriteIndex { get; }

    private protected uint AttachedReadIndex { get; }

    /// <summary>The data area. Not to be used when <see cref="IsDetached"/>.</summary>
    private protected byte* DataStart
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _start + RingControlPage.Length;
    }

    private protected RingControlPage Page
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(_start);
    }

    private protected bool IsDetached => _start is null;

    /// <summary>Gives up the memory. Nothing is published.</summary>
    public void Dispose()
    {
        Detach();
        Invalidate();
        GC.SuppressFinalize(this);
    }

    /// <summary>
    /// Drops what is not published and makes every fast path miss, so that the slow one finds that the endpoint is disposed or the ring
    /// corrupt.
    /// </summary>
    private protected abstract void Invalidate();

    /// <summary>The first verdict stands.</summary>
    private protected void Condemn(RingCorruption corruption)
    {
        Corruption ??= corruption;
        Invalidate();
    }

    private protected RingCorruption? CheckIndex(RingField field, uint value) => IsIndex(value)
        ? null
        : new RingCorruption(field, value, 0, Size - RingSpace.Granularity, $"a multiple of 8 below the data size of {Size}");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected bool IsIndex(uint value) => value < Size && (value & (RingSpace.Granularity - 1)) == 0;

    private protected void ThrowIfDetached() => ObjectDisposedException.ThrowIf(_start is null, this);

    private void Detach()
    {
        if (_start is not null)
        {
            _start = null;
            _memory.DropReference();
        }
    }
}
