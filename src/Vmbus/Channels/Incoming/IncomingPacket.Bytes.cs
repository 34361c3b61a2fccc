namespace Vmbus;

/// <content>The packet's bytes, and the memory that they are handed out as.</content>
internal sealed unsafe partial class IncomingPacket
{
    private PacketMemory? _memory;

    /// <summary>The packet's bytes; valid while the duty lasts.</summary>
    public ReadOnlySpan<byte> Bytes
        => _inPlace is null ? new ReadOnlySpan<byte>(_storage, 0, _length) : new ReadOnlySpan<byte>(_inPlace, _length);

    /// <summary>The bytes for a look from another thread, which may see those of another packet; empty where they lie in the ring.</summary>
    public ReadOnlySpan<byte> OwnBytes
    {
        get
        {
            byte[] storage = _storage;
            int length = _length;
            return _inPlace is null && length <= storage.Length ? storage.AsSpan(0, length) : default;
        }
    }

    /// <summary>Copies in-place bytes, so that they outlive the callback.</summary>
    public void Own()
    {
        if (_inPlace is not null)
        {
            new ReadOnlySpan<byte>(_inPlace, _length).CopyTo(Reserve(_length));
            _inPlace = null;
        }
    }

    public ReadOnlyMemory<byte> Memory(long generation)
    {
        RequireReadable(generation);
        PacketMemory? memory = Volatile.Read(ref _memory);
        while (memory is null || memory.Generation != generation)
        {
            PacketMemory mine = new();
            mine.Lend(_storage, _length, generation);

            // Another thread may have put its own there: for the same packet, or too late for one before.
            PacketMemory? other = Interlocked.CompareExchange(ref _memory, mine, memory);
            memory = ReferenceEquals(other, memory) ? mine : other;
        }

        // Completed by another thread meanwhile: what was made here belongs to nobody.
        Volatile.ReadBarrier();
        RequireReadable(generation);
        return memory.Memory;
    }

    /// <summary>The packet's bytes for a handler that may finish before it returns; <see cref="TakeMemoryBack"/> ends them then, which spares the next packet new storage.</summary>
    /// <remarks>An object for each packet, for the handler may keep it: what it was given must throw afterwards, and never show the bytes of a later packet.</remarks>
    public ReadOnlyMemory<byte> LendMemory(long generation)
    {
        RequireReadable(generation);
        Own();
        PacketMemory memory = new();
        memory.Lend(_storage, _length, generation);
        Volatile.Write(ref _memory, memory);
        return memory.Memory;
    }

    /// <summary>The handler has finished: what <see cref="LendMemory"/> gave it ends here.</summary>
    public void TakeMemoryBack()
    {
        _memory?.Revoke();
        _memory = null;
    }
}
