using System.Buffers;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Vmbus.Ring;

namespace Vmbus;

/// <summary>
/// The shared memory, mapped into this process. It stays mapped while anything refers to it, so that no span that was taken from it reads what is not it; the
/// collector unmaps it.
/// </summary>
internal sealed unsafe class SharedMapping : MemoryManager<byte>
{
    private readonly SafeBuffer _view;
    private readonly IDisposable? _keeper;
    private string? _file;

    private SharedMapping(MemoryMappedFile mapping, long size, string name, IDisposable? keeper, string? file)
    {
        // The view keeps the mapping; what it was made from is needed for its name alone.
        _view = mapping.CreateViewAccessor(0, size, MemoryMappedFileAccess.ReadWrite).SafeMemoryMappedViewHandle;
        _keeper = keeper;
        _file = file;
        Layout = new SharedMemoryLayout(size);
        Name = name;
        Start = (byte*)_view.DangerousGetHandle();
    }

    /// <summary>What lies where.</summary>
    public SharedMemoryLayout Layout { get; }

    /// <summary>By what the other process finds it.</summary>
    public string Name { get; }

    /// <summary>The first byte.</summary>
    public byte* Start { get; }

    /// <summary>Makes zeroed memory that another process of the same user can map.</summary>
    public static SharedMapping Create(long size)
    {
        if (OperatingSystem.IsLinux())
        {
            SafeFileHandle memory = SealedMemory.Create(size);
            MemoryMappedFile mapping = MemoryMappedFile.CreateFromFile(memory, mapName: null, size, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
            return new SharedMapping(mapping, size, $"/proc/{Environment.ProcessId}/fd/{memory.DangerousGetHandle()}", memory, file: null);
        }

        if (OperatingSystem.IsWindows())
        {
            string name = $"Local\\vmbus-{Guid.NewGuid():N}";
            MemoryMappedFile mapping = MemoryMappedFile.CreateNew(name, size, MemoryMappedFileAccess.ReadWrite);
            return new SharedMapping(mapping, size, name, mapping, file: null);
        }

        string path = Path.Combine(Path.GetTempPath(), $"vmbus-{Guid.NewGuid():N}");
        using FileStream file = new(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        file.SetLength(size);
        return new SharedMapping(MemoryMappedFile.CreateFromFile(file, mapName: null, size, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true), size, path, keeper: null, path);
    }

    /// <summary>Maps memory that another process made.</summary>
    /// <exception cref="IOException">It cannot be opened, or is not what it should be.</exception>
    public static SharedMapping Open(string name, long size)
    {
        if (OperatingSystem.IsWindows())
        {
            MemoryMappedFile section = MemoryMappedFile.OpenExisting(name, MemoryMappedFileRights.ReadWrite);
            return new SharedMapping(section, size, name, section, file: null);
        }

        using SafeFileHandle file = File.OpenHandle(name, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        if (RandomAccess.GetLength(file) != size || (OperatingSystem.IsLinux() && !SealedMemory.CannotShrink(file)))
        {
            // Whoever touches a page behind the end of a file that was shortened is ended by the operating system.
            throw new IOException($"{name} does not have {size} bytes that stay.");
        }

        return new SharedMapping(MemoryMappedFile.CreateFromFile(file, mapName: null, size, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true), size, name, keeper: null, file: null);
    }

    /// <summary>The name is needed no more.</summary>
    public void Forget()
    {
        _keeper?.Dispose();
        if (Interlocked.Exchange(ref _file, null) is { } file)
        {
            File.Delete(file);
        }
    }

    /// <summary>A ring in the memory.</summary>
    /// <param name="firstPage">The control page.</param>
    /// <param name="dataSize">The data size in bytes.</param>
    /// <param name="released">Called when nobody uses the ring any more.</param>
    public RingMemory GetRing(int firstPage, int dataSize, Action released)
    {
        bool referenced = false;
        _view.DangerousAddRef(ref referenced);
        return RingMemory.FromPointer((nint)(Start + ((long)firstPage * RingMemory.PageSize)), RingMemory.PageSize + (long)dataSize, () =>
        {
            _view.DangerousRelease();
            released();
        });
    }

    public override Span<byte> GetSpan() => new(Start, (int)Layout.Size);

    public override MemoryHandle Pin(int elementIndex = 0) => new(Start + elementIndex);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
