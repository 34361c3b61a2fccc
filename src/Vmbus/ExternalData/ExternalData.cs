using System.Diagnostics.CodeAnalysis;

namespace Vmbus;

/// <summary>
/// Memory of the other side that a packet references: the MDL of VmbChannelPacketGetExternalData. It belongs to the sender and ends with the packet's
/// completion: accessors throw <see cref="ObjectDisposedException"/> afterwards.
/// </summary>
/// <remarks>
/// The packet may be completed on another thread at any time. A copy that runs ends first, completion waiting for the bytes that are just being copied; one that begins
/// too late throws, also in the middle of data of several segments. So what was copied is the packet's, and nothing is written to memory that its sender has
/// back. A span that was taken before cannot know: it stays memory of that sender, who may use it for something else (VMB304).
/// </remarks>
public readonly struct ExternalData
{
    private readonly IDataLifetime? _lifetime;
    private readonly long _generation;
    private readonly DataSegments? _segments;

    internal ExternalData(IDataLifetime lifetime, long generation, DataSegments segments, bool isReadOnly)
    {
        _lifetime = lifetime;
        _generation = generation;
        _segments = segments;
        IsReadOnly = isReadOnly || segments.IsReadOnly;
        Length = segments.Length;
        SegmentCount = segments.Count;
    }

    /// <summary>The length in bytes over all segments.</summary>
    public long Length { get; }

    /// <summary>Whether the data was obtained, or given by the sender, for reading only. It keeps this side from writing by mistake; it protects nobody.</summary>
    public bool IsReadOnly { get; }

    /// <summary>The number of pieces that lie apart in memory.</summary>
    public int SegmentCount { get; }

    /// <summary>The bytes, where they lie in one piece.</summary>
    /// <exception cref="InvalidOperationException">The data lies in several segments: use <see cref="GetSegment"/> or <see cref="CopyTo"/>; or it is read-only: use <see cref="CopyTo"/>.</exception>
    /// <exception cref="ObjectDisposedException">The packet was completed.</exception>
    public Span<byte> Span
    {
        get
        {
            RequireAlive();
            RequireWritable();
            return SegmentCount == 1
                ? Piece(0)
                : throw new InvalidOperationException($"External data of {SegmentCount} segments has no single span. Use GetSegment, CopyTo or CopyFrom.").With(NtStatus.InvalidDeviceRequest);
        }
    }

    /// <summary>One piece of the data.</summary>
    /// <param name="index">Its number, from 0.</param>
    /// <returns>The bytes; the span ends with completion.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such segment.</exception>
    /// <exception cref="InvalidOperationException">The data is read-only.</exception>
    /// <exception cref="ObjectDisposedException">The packet was completed.</exception>
    public Span<byte> GetSegment(int index)
    {
        RequireAlive();
        RequireWritable();
        ArgumentChecks.RequireRange(index, 0, SegmentCount - 1);
        return Piece(index);
    }

    /// <summary>Copies bytes out of the data, once.</summary>
    /// <param name="destination">Where to; as many bytes are copied as it holds.</param>
    /// <param name="offset">From which byte of the data on.</param>
    /// <exception cref="ArgumentOutOfRangeException">The data does not have these bytes.</exception>
    /// <exception cref="ObjectDisposedException">The packet was completed.</exception>
    public void CopyTo(Span<byte> destination, long offset = 0)
    {
        (IDataLifetime lifetime, DataSegments segments) = RequireAlive();
        DataSegments.RequireRange(offset, destination.Length, Length);
        if (!segments.TryCopyTo(destination, offset, lifetime, _generation))
        {
            ThrowEnded();
        }
    }

    /// <summary>Copies bytes into the data.</summary>
    /// <param name="source">What to write.</param>
    /// <param name="offset">From which byte of the data on.</param>
    /// <exception cref="ArgumentOutOfRangeException">The data does not have these bytes.</exception>
    /// <exception cref="InvalidOperationException">The data is read-only.</exception>
    /// <exception cref="ObjectDisposedException">The packet was completed.</exception>
    public void CopyFrom(ReadOnlySpan<byte> source, long offset = 0)
    {
        (IDataLifetime lifetime, DataSegments segments) = RequireAlive();
        RequireWritable();
        DataSegments.RequireRange(offset, source.Length, Length);
        if (!segments.TryCopyFrom(source, offset, lifetime, _generation))
        {
            ThrowEnded();
        }
    }

    private Span<byte> Piece(int index)
    {
        if (!_segments!.TryGetPiece(index, _lifetime!, _generation, out Memory<byte> piece))
        {
            ThrowEnded();
        }

        return piece.Span;
    }

    private (IDataLifetime Lifetime, DataSegments Segments) RequireAlive()
    {
        if (_lifetime is null)
        {
            throw new InvalidOperationException("This ExternalData is default. Use what GetExternalData gave on success.").With(NtStatus.InvalidDeviceState);
        }

        if (!_lifetime.IsAlive(_generation))
        {
            ThrowEnded();
        }

        return (_lifetime, _segments!);
    }

    [DoesNotReturn]
    private static void ThrowEnded()
        => throw new ObjectDisposedException(nameof(ExternalData), "The packet was completed: its external data belongs to the sender again. Copy what is needed before (VMB304).").With(NtStatus.InvalidDeviceState);

    private void RequireWritable()
    {
        if (IsReadOnly)
        {
            throw new InvalidOperationException("The external data was obtained for reading only. Use CopyTo, or ask for it without ExternalDataFlags.ReadOnly.").With(NtStatus.InvalidDeviceRequest);
        }
    }
}
