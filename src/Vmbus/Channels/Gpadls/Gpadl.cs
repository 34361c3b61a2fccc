using System.Diagnostics.CodeAnalysis;

namespace Vmbus;

/// <summary>
/// Memory that the client shares for as long as it likes (a guest physical address descriptor list). The client creates and deletes it, the server maps and
/// unmaps it by its handle, which travels in packets of the protocol above.
/// </summary>
/// <remarks>
/// All GPADLs of a channel end with its Closed callback. Accessors throw <see cref="ObjectDisposedException"/> after the end, which waits for the bytes that are just
/// being copied: nothing is written to memory that the client has back.
/// </remarks>
public sealed class Gpadl : IDisposable, IAsyncDisposable, IDataLifetime
{
    private readonly ChannelConnection _connection;
    private readonly DataSegments _segments;
    private readonly bool _isMapping;
    private int _ended;
    private CopiesUnderWay _copies;

    internal Gpadl(ChannelConnection connection, uint handle, DataSegments segments, bool isReadOnly, bool isMapping)
    {
        _connection = connection;
        _segments = segments;
        _isMapping = isMapping;
        Handle = handle;
        IsReadOnly = isReadOnly;
    }

    /// <summary>The handle by which the server maps it; never 0.</summary>
    public uint Handle { get; }

    /// <summary>The length in bytes over all segments.</summary>
    public long Length => _segments.Length;

    /// <summary>Whether it was created or mapped for reading only.</summary>
    public bool IsReadOnly { get; }

    /// <summary>The number of pieces that lie apart in memory.</summary>
    public int SegmentCount => _segments.Count;

    /// <summary>The bytes, where they lie in one piece.</summary>
    /// <exception cref="InvalidOperationException">It lies in several segments, or is read-only.</exception>
    /// <exception cref="ObjectDisposedException">It was deleted or unmapped, or the channel closed.</exception>
    public Span<byte> Span
    {
        get
        {
            RequireAlive();
            RequireWritable();
            return SegmentCount == 1
                ? Piece(0)
                : throw new InvalidOperationException($"A GPADL of {SegmentCount} segments has no single span. Use GetSegment, CopyTo or CopyFrom.").With(NtStatus.InvalidDeviceRequest);
        }
    }

    /// <summary>One piece.</summary>
    /// <param name="index">Its number, from 0.</param>
    /// <returns>The bytes. The memory stays where it is while the bus lives, but belongs to the client alone after the end.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such segment.</exception>
    /// <exception cref="InvalidOperationException">It is read-only.</exception>
    /// <exception cref="ObjectDisposedException">It was deleted or unmapped, or the channel closed.</exception>
    public Span<byte> GetSegment(int index)
    {
        RequireAlive();
        RequireWritable();
        ArgumentChecks.RequireRange(index, 0, SegmentCount - 1);
        return Piece(index);
    }

    /// <summary>Copies bytes out, once.</summary>
    /// <param name="destination">Where to; as many bytes are copied as it holds.</param>
    /// <param name="offset">From which byte on.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no such bytes.</exception>
    /// <exception cref="ObjectDisposedException">It was deleted or unmapped, or the channel closed.</exception>
    public void CopyTo(Span<byte> destination, long offset = 0)
    {
        RequireAlive();
        DataSegments.RequireRange(offset, destination.Length, Length);
        if (!_segments.TryCopyTo(destination, offset, this, default))
        {
            ThrowEnded();
        }
    }

    /// <summary>Copies bytes in.</summary>
    /// <param name="source">What to write.</param>
    /// <param name="offset">From which byte on.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no such bytes.</exception>
    /// <exception cref="InvalidOperationException">It is read-only.</exception>
    /// <exception cref="ObjectDisposedException">It was deleted or unmapped, or the channel closed.</exception>
    public void CopyFrom(ReadOnlySpan<byte> source, long offset = 0)
    {
        RequireAlive();
        RequireWritable();
        DataSegments.RequireRange(offset, source.Length, Length);
        if (!_segments.TryCopyFrom(source, offset, this, default))
        {
            ThrowEnded();
        }
    }

    /// <summary>
    /// Deletes what the client created, waiting while the server has it mapped (KMCL VmbChannelDeleteGpadl), or unmaps what the server mapped (KMCL
    /// VmbChannelUnmapGpadl). PASSIVE_LEVEL.
    /// </summary>
    /// <exception cref="IrqlViolationException">It was called above PASSIVE_LEVEL.</exception>
    [IrqlRequiresMax(Irql.Passive)]
    public void Dispose()
    {
        KernelIrql.RequirePassive("Gpadl.Dispose", "It may wait for the other side; call it at PASSIVE_LEVEL, or use DisposeAsync.");
        DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    /// <summary>As <see cref="Dispose"/>, without blocking a thread.</summary>
    /// <returns>Ends when the memory is the client's own again.</returns>
    public ValueTask DisposeAsync()
        => End() ? new ValueTask(_connection.EndGpadl(this, _isMapping)) : ValueTask.CompletedTask;

    /// <summary>Ends all access, and waits for copies that run.</summary>
    /// <returns>Whether it had not ended before.</returns>
    internal bool End()
    {
        bool ends = Interlocked.Exchange(ref _ended, 1) == 0;
        if (ends)
        {
            _copies.AwaitAll();
        }

        return ends;
    }

    bool IDataLifetime.IsAlive(long generation) => Volatile.Read(ref _ended) == 0;

    bool IDataLifetime.TryBeginCopy(long generation)
    {
        _copies.Begin();
        if (Volatile.Read(ref _ended) == 0)
        {
            return true;
        }

        _copies.End();
        return false;
    }

    void IDataLifetime.EndCopy() => _copies.End();

    private Span<byte> Piece(int index)
    {
        if (!_segments.TryGetPiece(index, this, default, out Memory<byte> piece))
        {
            ThrowEnded();
        }

        return piece.Span;
    }

    private void RequireAlive()
    {
        if (Volatile.Read(ref _ended) != 0)
        {
            ThrowEnded();
        }
    }

    [DoesNotReturn]
    private static void ThrowEnded()
        => throw new ObjectDisposedException(nameof(Gpadl), "The GPADL was deleted or unmapped, or its channel has closed.").With(NtStatus.InvalidDeviceState);

    private void RequireWritable()
    {
        if (IsReadOnly)
        {
            throw new InvalidOperationException("The GPADL is for reading only. Use CopyTo, or create and map it without GpadlFlags.ReadOnly.").With(NtStatus.InvalidDeviceRequest);
        }
    }
}
