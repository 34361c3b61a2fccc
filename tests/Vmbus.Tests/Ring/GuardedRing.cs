using System.Runtime.InteropServices;
using Vmbus.Ring;

namespace Vmbus.Tests.Ring;

/// <summary>
/// A ring between two pages that may not be touched: one access outside the ring, read or write, ends the process. Where the operating
/// system has no such pages, the ring lies between pages of a known pattern, which shows writes at least.
/// </summary>
internal sealed unsafe class GuardedRing : IDisposable
{
    private const int NoAccess = 0;
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;
    private const byte Pattern = 0xA5;

    private readonly nint _mapping;
    private readonly nuint _length;
    private readonly int _guard;

    public GuardedRing(int dataSize)
    {
        _guard = Environment.SystemPageSize;
        int ring = RingControlPage.Length + dataSize;
        int rounded = (ring + _guard - 1) / _guard * _guard;
        _length = (nuint)(rounded + (2 * _guard));
        if (OperatingSystem.IsLinux())
        {
            _mapping = MemoryMap(0, _length, ReadWrite, PrivateAnonymous, -1, 0);
            Assert.NotEqual(-1, _mapping);
            Assert.Equal(0, Protect(_mapping, (nuint)_guard, NoAccess));
            Assert.Equal(0, Protect(_mapping + _guard + rounded, (nuint)_guard, NoAccess));
        }
        else
        {
            _mapping = (nint)NativeMemory.AlignedAlloc(_length, (nuint)_guard);
            NativeMemory.Fill((void*)_mapping, _length, Pattern);
            NativeMemory.Clear((void*)(_mapping + _guard), (nuint)rounded);
        }

        // The ring ends where the second guard begins.
        Address = _mapping + _guard + (rounded - ring);
        Memory = RingMemory.FromPointer(Address, ring);
    }

    public nint Address { get; }

    public RingMemory Memory { get; }

    public Span<byte> Page => new((void*)Address, RingControlPage.Length);

    public void Dispose()
    {
        Memory.Dispose();
        if (OperatingSystem.IsLinux())
        {
            Assert.Equal(0, Unmap(_mapping, _length));
            return;
        }

        ReadOnlySpan<byte> before = new((void*)_mapping, _guard);
        ReadOnlySpan<byte> after = new((void*)(_mapping + (nint)_length - _guard), _guard);
        bool untouched = !before.ContainsAnyExcept(Pattern) && !after.ContainsAnyExcept(Pattern);
        NativeMemory.AlignedFree((void*)_mapping);
        Assert.True(untouched, "Something was written outside the ring.");
    }

    [DllImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static extern nint MemoryMap(nint address, nuint length, int protection, int flags, int file, nint offset);

    [DllImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static extern int Protect(nint address, nuint length, int protection);

    [DllImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static extern int Unmap(nint address, nuint length);
}
