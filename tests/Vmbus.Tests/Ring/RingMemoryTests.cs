using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Vmbus.Ring;

namespace Vmbus.Tests.Ring;

public sealed class RingMemoryTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("vmbus-ring-");

    private string File => Path.Combine(_folder.FullName, "ring");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(-4096)]
    [InlineData(4095)]
    [InlineData(4097)]
    [InlineData((1 << 30) + 4096)]
    public void A_data_area_is_a_number_of_whole_pages(int dataSize)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RingMemory.Allocate(dataSize));
        Assert.Throws<ArgumentOutOfRangeException>(() => RingMemory.CreateFile(File, dataSize));
        Assert.Throws<ArgumentOutOfRangeException>(() => RingMemory.FromPointer(4096, 4096L + dataSize));
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public void Allocated_memory_is_an_empty_ring_on_a_page_boundary()
    {
        using RingMemory memory = RingMemory.Allocate(12288);

        Assert.Equal(12288, memory.DataSize);
        Assert.Equal(16384, memory.Length);
        Assert.False(memory.ToArray().AsSpan().ContainsAnyExcept((byte)0));
        Assert.Equal(0, Address(memory) % 4096);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    public void A_ring_lies_at_an_aligned_address(nint address)
    {
        Assert.Throws<ArgumentException>(() => RingMemory.FromPointer(address, 8192));
    }

    [Fact]
    public void Foreign_memory_is_given_back_when_its_last_user_is_gone()
    {
        foreach (int[] order in (int[][])[[0, 1, 2], [2, 1, 0], [1, 0, 2]])
        {
            byte[] image = GC.AllocateArray<byte>(8192, pinned: true);
            int released = 0;
            RingMemory memory = RingMemory.FromPointer(Marshal.UnsafeAddrOfPinnedArrayElement(image, 0), image.Length, () => released++);
            IDisposable[] users = [memory, new RingWriter(memory), new RingReader(memory)];
            foreach (int user in order)
            {
                Assert.Equal(0, released);
                users[user].Dispose();
                users[user].Dispose();
            }

            Assert.Equal(1, released);
        }
    }

    [Fact]
    public void Reader_and_writer_go_on_after_the_memory_is_disposed()
    {
        RingMemory memory = RingMemory.Allocate(4096);
        using var writer = new RingWriter(memory);
        using var reader = new RingReader(memory);
        memory.Dispose();

        writer.TryWrite(PacketType.DataInBand, PacketFlags.None, 9, RingPair.Payload(8));
        writer.Publish();
        Assert.Equal(RingReadStatus.Success, reader.TryRead(out RingPacket packet));
        Assert.Equal(9ul, packet.TransactionId);
        Assert.Throws<ObjectDisposedException>(() => new RingWriter(memory));
        Assert.Throws<ObjectDisposedException>(() => new RingReader(memory));
        Assert.Throws<ObjectDisposedException>(() => memory.ControlPage.WriteIndex);
        Assert.Throws<ObjectDisposedException>(() => memory.Data.Length);
        Assert.Throws<ObjectDisposedException>(() => memory.ToArray());
    }

    [Fact]
    public void Memory_of_forgotten_rings_is_given_back_too()
    {
        byte[] image = GC.AllocateArray<byte>(8192, pinned: true);
        int released = 0;
        Forget(image, () => Interlocked.Increment(ref released));
        for (int i = 0; i < 20 && Volatile.Read(ref released) == 0; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Equal(1, released);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Forget(byte[] image, Action release)
        {
            RingMemory memory = RingMemory.FromPointer(Marshal.UnsafeAddrOfPinnedArrayElement(image, 0), image.Length, release);
            _ = new RingWriter(memory);
            _ = new RingReader(memory);
        }
    }

    [Fact]
    public void A_refused_attachment_keeps_no_reference()
    {
        byte[] image = GC.AllocateArray<byte>(8192, pinned: true);
        int released = 0;
        RingMemory memory = RingMemory.FromPointer(Marshal.UnsafeAddrOfPinnedArrayElement(image, 0), image.Length, () => released++);
        RingControlPage page = memory.ControlPage;
        page.ReadIndex = 1;
        Assert.Throws<RingCorruptException>(() => new RingReader(memory));
        Assert.Throws<RingCorruptException>(() => new RingWriter(memory));

        memory.Dispose();
        Assert.Equal(1, released);
    }

    [Fact]
    public void A_mapped_file_is_one_ring_for_all_who_map_it()
    {
        using RingMemory first = RingMemory.CreateFile(File, 8192);
        using RingMemory second = RingMemory.MapFile(File);
        using var writer = new RingWriter(first);
        using var reader = new RingReader(second);

        Assert.Equal(8192, second.DataSize);
        writer.TryWrite(PacketType.DataInBand, PacketFlags.None, 77, RingPair.Payload(24));
        Assert.True(writer.Publish());
        Assert.Equal(RingReadStatus.Success, reader.TryRead(out RingPacket packet));
        byte[] payload = new byte[24];
        packet.CopyPayloadTo(payload);
        Assert.Equal(RingPair.Payload(24), payload);
        Assert.False(reader.PublishRead());
        Assert.Equal(8192, writer.AvailableToWrite);
        Assert.Throws<IOException>(() => RingMemory.CreateFile(File, 4096));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4096)]
    [InlineData(8191)]
    public void A_file_that_cannot_be_a_ring_is_refused_with_its_length(int length)
    {
        System.IO.File.WriteAllBytes(File, new byte[length]);

        InvalidDataException e = Assert.Throws<InvalidDataException>(() => RingMemory.MapFile(File));
        Assert.Contains($"has {length} bytes; a ring is a multiple of 4096 bytes", e.Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => RingMemory.MapFile(File + "2"));
    }

    [Fact]
    public void Two_rings_of_a_channel_lie_in_one_buffer()
    {
        using var gpadl = new Buffer(4 * 8192);
        using RingMemory down = RingMemory.FromBuffer(gpadl, 0, 8192);
        using RingMemory up = RingMemory.FromBuffer(gpadl, 8192, 12288);
        using var writer = new RingWriter(up);
        writer.TryWrite(PacketType.DataInBand, PacketFlags.None, 1, default);
        writer.Publish();

        Assert.Equal(24u, up.ControlPage.WriteIndex);
        Assert.Equal(0u, down.ControlPage.WriteIndex);
        Assert.Equal(8192, Address(up) - Address(down));
        Assert.Throws<ArgumentException>(() => RingMemory.FromBuffer(gpadl, (4 * 8192) - 4096, 8192));
        Assert.Throws<ArgumentException>(() => RingMemory.FromBuffer(gpadl, long.MaxValue - 8, 8192));
        Assert.Throws<ArgumentException>(() => RingMemory.FromBuffer(gpadl, 4, 8192));
        Assert.Throws<ArgumentOutOfRangeException>(() => RingMemory.FromBuffer(gpadl, -8, 8192));

        gpadl.Dispose();
        Assert.False(gpadl.IsReleased);
        down.Dispose();
        up.Dispose();
        Assert.False(gpadl.IsReleased);
        writer.Dispose();
        Assert.True(gpadl.IsReleased);
        Assert.Throws<ObjectDisposedException>(() => RingMemory.FromBuffer(gpadl, 0, 8192));
    }

    private static unsafe nint Address(RingMemory memory)
    {
        fixed (byte* data = memory.Data)
        {
            return (nint)data - RingControlPage.Length;
        }
    }

    /// <summary>Somebody else's buffer.</summary>
    private sealed unsafe class Buffer : SafeBuffer
    {
        public Buffer(int length)
            : base(ownsHandle: true)
        {
            void* memory = NativeMemory.AlignedAlloc((nuint)length, 4096);
            NativeMemory.Clear(memory, (nuint)length);
            SetHandle((nint)memory);
            Initialize((ulong)length);
        }

        public bool IsReleased { get; private set; }

        protected override bool ReleaseHandle()
        {
            NativeMemory.AlignedFree((void*)handle);
            IsReleased = true;
            return true;
        }
    }
}
