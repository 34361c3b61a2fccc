using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

#pragma warning disable CS0649 // Fields that are there for their places.

namespace Vmbus.Tests.Channels;

/// <summary>Which bytes of a structure go over the bus as they are, for every kind of layout.</summary>
public sealed unsafe class PayloadLayoutTests
{
    [Fact]
    public void Only_padding_is_cleared()
    {
        Assert.Equal("F0FF", Sent<Mixed>());
        Assert.Equal("FFFFFFFFF", Sent<Packed>());
        Assert.Equal("00FF0FF0", Sent<Explicit>());
        Assert.Equal("F0F0FFFFFFFFFFF0", Sent<Nested>());
        Assert.Equal("F0FFF0FFF0FF", Sent<Elements>());
        Assert.Equal("FFFFFFFFFFFFFFFF", Sent<Guid>());
        Assert.Equal("F000000000000000FFFFFFFFFFFFFFFF", Sent<Wide>());
        Assert.Equal("FFFFFFFFFFFF", Sent<Fixed>());
        Assert.Equal("F0000000FFFFFFFFFFFFFFFF", Sent<Pointers>());
        Assert.Equal("FFF0", Sent<Letters>());
        Assert.Equal("F", Sent<Empty>());
        Assert.Equal("FFFFF00000000000", Sent<Sized>());
    }

    /// <summary>Offsets that do not fit into one byte.</summary>
    [Fact]
    public void Large_structures_too() => Assert.Equal(new string('F', 16_000) + "F000FFFF", Sent<Large>());

    /// <summary>A character a byte: F where a byte of ones is sent, 0 where it is cleared.</summary>
    private static string Sent<T>()
        where T : unmanaged
    {
        T value;
        new Span<byte>(&value, sizeof(T)).Fill(0xFF);
        TestPacket packet = TestPacket.Create([1]);
        packet.Completion.Complete(in value);
        return string.Concat(packet.Payload.ToArray().Select(static b => b switch { 0xFF => 'F', 0 => '0', _ => '?' }));
    }

    private struct Mixed
    {
        public byte First;
        public ushort Second;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct Packed
    {
        public byte First;
        public long Second;
    }

    [StructLayout(LayoutKind.Explicit, Size = 8)]
    private struct Explicit
    {
        [FieldOffset(6)] public byte Last;
        [FieldOffset(2)] public ushort First;
        [FieldOffset(5)] public byte Before;
    }

    private struct Nested
    {
        public byte First;
        public Mixed Second;
        public Packed Third;
    }

    [InlineArray(3)]
    private struct Elements
    {
        public Mixed First;
    }

    private struct Wide
    {
        public byte First;
        public Int128 Second;
    }

    private struct Fixed
    {
        public fixed uint Numbers[3];
    }

    private struct Pointers
    {
        public byte First;
        public void* Second;
        public delegate* unmanaged<void> Third;
    }

    private struct Letters
    {
        public char First;
        public bool Second;
    }

    private struct Empty;

    [StructLayout(LayoutKind.Sequential, Size = 16)]
    private struct Sized
    {
        public uint First;
        public byte Second;
    }

    private struct Large
    {
        public Block Before;
        public byte First;
        public uint Last;
    }

    [InlineArray(4000)]
    private struct Block
    {
        public uint First;
    }
}
