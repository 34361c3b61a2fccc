using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Vmbus.Ring;

/// <summary>One ring: a control page of 4096 bytes and, directly behind it, a data area of whole pages.</summary>
/// <remarks>
/// <para>The size of the data area need not be a power of two. The memory may be native, foreign or a mapped file.</para>
/// <para>
/// Each <see cref="RingWriter"/> and <see cref="RingReader"/> holds a reference of its own: the memory is freed or unmapped when this
/// object and all of them are disposed, never earlier. Spans taken from <see cref="Data"/> and <see cref="ControlPage"/> hold none.
/// </para>
/// </remarks>
public sealed unsafe class RingMemory : IDisposable
{
    /// <summary>The unit of the control page and of the data area in bytes, whatever the page size of the machine.</summary>
    public const int PageSize = 4096;

    /// <summary>The smallest data area in bytes.</summary>
    public const int MinimumDataSize = PageSize;

    /// <summary>The largest data area in bytes.</summary>
    public const int MaximumDataSize = 1 << 30;

    private readonly SafeBuffer _buffer;
    private readonly bool _ownsBuffer;
    private readonly byte* _start;
    private int _disposed;

    /// <summary>Takes over an owned buffer, or a reference of a foreign one that was counted before. Must not throw.</summary>
    private RingMemory(SafeBuffer buffer, bool ownsBuffer, long offset, long length)
    {
        _buffer = buffer;
        _ownsBuffer = ownsBuffer;
        _start = (byte*)buffer.DangerousGetHandle() + offset;
        DataSize = (int)(length - RingControlPage.Length);
    }

    /// <summary>Drops the reference of a foreign buffer when nobody did so before; an owned one finalizes itself.</summary>
    ~RingMemory() => Release();

    /// <summary>The size of the data area in bytes: a multiple of 4096.</summary>
    public int DataSize { get; }

    /// <summary>Control page and data area together, in bytes.</summary>
    public long Length => RingControlPage.Length + (long)DataSize;

    /// <summary>The control page in place. It must not be used after this object is disposed.</summary>
    /// <exception cref="ObjectDisposedException">The memory was disposed.</exception>
    public RingControlPage ControlPage
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed != 0, this);
            return new RingControlPage(_start);
        }
    }

    /// <summary>The data area in place, for looking at it and for tests. It must not be used after this object is disposed.</summary>
    /// <exception cref="ObjectDisposedException">The memory was disposed.</exception>
    public Span<byte> Data
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed != 0, this);
            return new Span<byte>(_start + RingControlPage.Length, DataSize);
        }
    }

    /// <summary>Allocates an empty ring in zeroed, page-aligned native memory.</summary>
    /// <param name="dataSize">The size of the data area in bytes: a multiple of 4096, at most <see cref="MaximumDataSize"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dataSize"/> is no such number.</exception>
    /// <exception cref="OutOfMemoryException">There is not enough memory.</exception>
    public static RingMemory Allocate(int dataSize)
    {
        CheckDataSize(dataSize);
        long length = RingControlPage.Length + (long)dataSize;
        return new RingMemory(new NativeRingBuffer(length), ownsBuffer: true, 0, length);
    }

    /// <summary>Uses a ring in memory that the caller owns and keeps valid until it is released.</summary>
    /// <param name="address">Where the control page starts; a multiple of 8.</param>
    /// <param name="length">Control page and data area in bytes: a multiple of 4096, at least 8192.</param>
    /// <param name="released">Called once, on any thread, when neither this object nor a reader or writer uses the memory any more. Must not throw.</param>
    /// <exception cref="ArgumentException">The address is 0 or not aligned, or the length is not that of a ring.</exception>
    public static RingMemory FromPointer(nint address, long length, Action? released = null)
    {
        CheckAlignment(address, nameof(address));
        CheckLength(length, nameof(length));
        return new RingMemory(new ForeignRingBuffer(address, length, released), ownsBuffer: true, 0, length);
    }

    /// <summary>Uses a ring that lies inside a larger buffer: one of the two rings of a channel's GPADL, or a view of a device.</summary>
    /// <param name="buffer">The buffer; it is kept alive by reference counting and not disposed.</param>
    /// <param name="offset">Where the control page starts inside the buffer; its address must be a multiple of 8.</param>
    /// <param name="length">Control page and data area in bytes: a multiple of 4096, at least 8192.</param>
    /// <exception cref="ArgumentNullException"><paramref name="buffer"/> is null.</exception>
    /// <exception cref="ArgumentException">The ring does not lie inside the buffer, is not aligned, or the length is not that of a ring.</exception>
    /// <exception cref="ObjectDisposedException">The buffer was disposed.</exception>
    public static RingMemory FromBuffer(SafeBuffer buffer, long offset, long length)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        CheckLength(length, nameof(length));
        if (buffer.ByteLength < (ulong)length || buffer.ByteLength - (ulong)length < (ulong)offset)
        {
            throw new ArgumentException($"A ring of {length} bytes at offset {offset} does not lie inside a buffer of {buffer.ByteLength} bytes.", nameof(offset));
        }

        CheckAlignment(buffer.DangerousGetHandle() + (nint)offset, nameof(offset));
        bool referenced = false;
        buffer.DangerousAddRef(ref referenced);
        return new RingMemory(buffer, ownsBuffer: false, offset, length);
    }

    /// <summary>Maps the ring in an existing file, shared with every other process that maps it.</summary>
    /// <param name="path">A file of control page and data area: a multiple of 4096, at least 8192 bytes.</param>
    /// <remarks>The file must not be shortened while it is mapped: the operating system ends a process that touches a page behind a file's end.</remarks>
    /// <exception cref="InvalidDataException">The file's length is not that of a ring.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static RingMemory MapFile(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        CheckByteOrder();
        if (!IsRingLength(file.Length))
        {
            throw new InvalidDataException($"{path} has {file.Length} bytes; {LengthRule}.");
        }

        return Map(file, file.Length);
    }

    /// <summary>Creates a file with an empty ring and maps it, shared with every other process that maps it.</summary>
    /// <param name="path">The file; it must not exist.</param>
    /// <param name="dataSize">The size of the data area in bytes: a multiple of 4096, at most <see cref="MaximumDataSize"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="dataSize"/> is no such number.</exception>
    /// <exception cref="IOException">The file exists or cannot be created.</exception>
    public static RingMemory CreateFile(string path, int dataSize)
    {
        CheckDataSize(dataSize);
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        long length = RingControlPage.Length + (long)dataSize;
        file.SetLength(length);
        return Map(file, length);
    }

    /// <summary>Whether a control page and a data area can have this many bytes together.</summary>
    /// <param name="length">A length in bytes.</param>
    public static bool IsRingLength(long length) =>
        length % PageSize == 0 && length - RingControlPage.Length is >= MinimumDataSize and <= MaximumDataSize;

    /// <summary>Copies control page and data area out, in one pass; the other side may change them meanwhile.</summary>
    /// <returns>The <see cref="Length"/> bytes of the ring.</returns>
    /// <exception cref="ObjectDisposedException">The memory was disposed.</exception>
    public byte[] ToArray()
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        byte[] image = new ReadOnlySpan<byte>(_start, checked((int)Length)).ToArray();
        GC.KeepAlive(this);
        return image;
    }

    /// <summary>Gives this object's reference up. Readers and writers that are attached go on until they are disposed themselves.</summary>
    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    /// <summary>Adds a reference for a reader or writer, which drops it by <see cref="DropReference"/>.</summary>
    internal byte* AddReference()
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        bool referenced = false;
        _buffer.DangerousAddRef(ref referenced);
        return _start;
    }

    internal void DropReference() => _buffer.DangerousRelease();

    private static RingMemory Map(FileStream file, long length)
    {
        using MemoryMappedFile mapping = MemoryMappedFile.CreateFromFile(
            file, mapName: null, length, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        // The handle of the view keeps the mapping; the objects around it are not needed any more.
        SafeMemoryMappedViewHandle view = mapping.CreateViewAccessor(0, length, MemoryMappedFileAccess.ReadWrite).SafeMemoryMappedViewHandle;
        return new RingMemory(view, ownsBuffer: true, 0, length);
    }

    private const string LengthRule = "a ring is a multiple of 4096 bytes: a control page of 4096 and a data area of at least 4096 and at most 1073741824";

    private static void CheckDataSize(int dataSize)
    {
        CheckByteOrder();
        if (!IsRingLength(RingControlPage.Length + (long)dataSize))
        {
            throw new ArgumentOutOfRangeException(nameof(dataSize), dataSize, "The data area of a ring is a multiple of 4096 bytes, at least 4096 and at most 1073741824.");
        }
    }

    private static void CheckByteOrder()
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("A VMBus ring is little-endian and is read in place; this machine is big-endian.");
        }
    }

    private static void CheckLength(long length, string name)
    {
        CheckByteOrder();
        if (!IsRingLength(length))
        {
            throw new ArgumentOutOfRangeException(name, length, $"Not the length of a ring: {LengthRule}.");
        }
    }

    private static void CheckAlignment(nint address, string name)
    {
        if (address == 0 || address % RingSpace.Granularity != 0)
        {
            throw new ArgumentException($"A ring starts at an address that is a multiple of {RingSpace.Granularity}; 0x{address:X} is none.", name);
        }
    }

    private void Release()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        if (_ownsBuffer)
        {
            _buffer.Dispose();
        }
        else
        {
            _buffer.DangerousRelease();
        }
    }
}
