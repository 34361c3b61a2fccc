using System.Buffers.Binary;
using Vmbus.Ring;

namespace Vmbus.Tests.Ring;

public sealed class RingControlPageTests
{
    [Fact]
    public void Every_field_lies_where_the_protocol_says()
    {
        byte[] bytes = GC.AllocateArray<byte>(4096, pinned: true);
        RingControlPage page = new(bytes)
        {
            WriteIndex = 0x01020304,
            ReadIndex = 0x11121314,
            InterruptMask = 0x21222324,
            PendingSendSize = 0x31323334,
            FeatureBits = 0x41424344,
            GuestToHostInterruptCount = 0x5152535455565758,
        };

        Assert.Equal(0x01020304u, BinaryPrimitives.ReadUInt32LittleEndian(bytes));
        Assert.Equal(0x11121314u, BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4)));
        Assert.Equal(0x21222324u, BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(8)));
        Assert.Equal(0x31323334u, BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(12)));
        Assert.Equal(0x41424344u, BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(64)));
        Assert.Equal(0x5152535455565758u, BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(4088)));
        Assert.Equal(
            (0x01020304u, 0x11121314u, 0x21222324u, 0x31323334u, 0x41424344u, 0x5152535455565758ul),
            (page.WriteIndex, page.ReadIndex, page.InterruptMask, page.PendingSendSize, page.FeatureBits, page.GuestToHostInterruptCount));
        Assert.Equal(28, bytes.Count(value => value != 0));
    }

    [Fact]
    public void A_shorter_span_is_no_control_page()
    {
        Assert.Throws<ArgumentException>(() => new RingControlPage(new byte[4095]).WriteIndex);
    }

    [Theory]
    [InlineData(0u, 0u, 0u, 4096u)]
    [InlineData(24u, 0u, 24u, 4072u)]
    [InlineData(0u, 24u, 4072u, 24u)]
    [InlineData(4088u, 0u, 4088u, 8u)]
    [InlineData(0u, 4088u, 8u, 4088u)]
    public void Space_is_measured_around_the_end(uint write, uint read, uint toRead, uint toWrite)
    {
        Assert.Equal(toRead, RingSpace.AvailableToRead(write, read, 4096));
        Assert.Equal(toWrite, RingSpace.AvailableToWrite(write, read, 4096));
    }

    [Theory]
    [InlineData(0, 0, 24)]
    [InlineData(0, 1, 32)]
    [InlineData(0, 8, 32)]
    [InlineData(24, 9, 64)]
    [InlineData(int.MaxValue - 7, int.MaxValue, 4294967312)]
    public void A_packet_takes_its_padded_length_and_a_footer(int header, int payload, long footprint) =>
        Assert.Equal(footprint, RingSpace.Footprint(header, payload));
}
