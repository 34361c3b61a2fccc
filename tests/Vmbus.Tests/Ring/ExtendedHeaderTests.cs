using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using Vmbus.Ring;

namespace Vmbus.Tests.Ring;

public sealed class ExtendedHeaderTests
{
    [Fact]
    public void A_gpa_direct_header_is_written_as_recorded()
    {
        // The extended headers of the recorded vectors gpa-1 and gpa-multipage.
        byte[] buffer = new byte[64];
        GpaRangeWriter one = GpaRangeWriter.ForGpaDirect(buffer);
        one.Add(512, 128, [0x123456789]);
        Assert.Equal("000000000100000000020000800000008967452301000000", Convert.ToHexStringLower(one.Written));

        GpaRangeWriter three = GpaRangeWriter.ForGpaDirect(buffer);
        three.Add(8208, 0xFF0, [0x100, 0x205, 0x301]);
        Assert.Equal("000000000100000010200000f00f0000000100000000000005020000000000000103000000000000", Convert.ToHexStringLower(three.Written));
    }

    [Fact]
    public void The_rare_headers_are_written_as_recorded()
    {
        // The extended headers of the recorded vectors xfer-2, gpadl-establish and gpadl-data.
        byte[] buffer = new byte[64];
        int length = TransferPageHeader.Write(buffer, 0xCAFE, [new(1514, 0), new(1513, 2048)]);
        Assert.Equal("feca000002000000ea05000000000000e905000000080000", Convert.ToHexStringLower(buffer.AsSpan(0, length)));

        GpaRangeWriter establish = GpaRangeWriter.ForEstablishGpadl(buffer, 0xE1E10001);
        establish.Add(4096, 0, [0x1234]);
        Assert.Equal("0100e1e10100000000100000000000003412000000000000", Convert.ToHexStringLower(establish.Written));

        byte[] word = new byte[8];
        new GpadlHeader(0xE1E10001).WriteTo(word);
        Assert.Equal("0100e1e100000000", Convert.ToHexStringLower(word));
        new TransferPageSetHeader(0xE1E10001, 0xCAFE).WriteTo(word);
        Assert.Equal("0100e1e1feca0000", Convert.ToHexStringLower(word));
        byte[] more = new byte[16];
        new AdditionalDataHeader(0x100000000, 16, 8).WriteTo(more);
        Assert.Equal("00000000010000001000000008000000", Convert.ToHexStringLower(more));
    }

    [Fact]
    public void The_rare_headers_are_read_back()
    {
        byte[] word = Convert.FromHexString("0100e1e1fecaffff");
        Assert.True(GpadlHeader.TryParse(word, out GpadlHeader gpadl, out _));
        Assert.Equal(new GpadlHeader(0xE1E10001), gpadl);
        Assert.True(TransferPageSetHeader.TryParse(word, out TransferPageSetHeader set, out _));
        Assert.Equal(new TransferPageSetHeader(0xE1E10001, 0xCAFE), set);
        Assert.False(GpadlHeader.TryParse(word.AsSpan(0, 7), out _, out RingCorruption? corruption));
        Assert.Equal("The extended header length is 7 (0x7); expected at least 8.", corruption!.Message);
        Assert.False(TransferPageSetHeader.TryParse(word.AsSpan(0, 4), out _, out _));

        byte[] more = Convert.FromHexString("40000000000000001000000008000000");
        Assert.True(AdditionalDataHeader.TryParse(more, 8, out AdditionalDataHeader header, out _));
        Assert.Equal(new AdditionalDataHeader(64, 16, 8), header);
        Assert.False(AdditionalDataHeader.TryParse(more, 7, out _, out corruption));
        Assert.Equal((RingField.RangeByteCount, 8ul, 7ul), (corruption!.Field, corruption.Value, corruption.Maximum));
        Assert.False(AdditionalDataHeader.TryParse(Convert.FromHexString("0f000000000000001000000000000000"), 8, out _, out corruption));
        Assert.Equal((RingField.RangeByteOffset, 16ul, 15ul), (corruption!.Field, corruption.Value, corruption.Maximum));
    }

    [Theory]
    [InlineData("00000000", "extended header length is 4 (0x4); expected at least 8")]
    [InlineData("0000000000000000", "range count is 0 (0x0); expected at least 1")]
    [InlineData("0000000001000000", "range count is 1 (0x1); expected at most 0, which the 0 bytes of the header hold")]
    [InlineData("00000000ffffffff01000000000000000700000000000000", "range count is 4294967295 (0xFFFFFFFF); expected at most 1, which the 16 bytes of the header hold")]
    [InlineData("000000000100000000000000000000000700000000000000", "byte count of range 0 is 0 (0x0); expected at least 1")]
    [InlineData("000000000100000001000000001000000700000000000000", "byte offset of range 0 is 4096 (0x1000); expected an offset into a page, at most 4095")]
    [InlineData("000000000100000001000000ffffffff0700000000000000", "byte offset of range 0 is 4294967295 (0xFFFFFFFF); expected an offset into a page, at most 4095")]
    [InlineData("0000000001000000fffffffffe0000000700000000000000", "byte count of range 0 is 4294967295 (0xFFFFFFFF); expected at least 1 and at most 4294962946")]
    [InlineData("0000000001000000fff0ffff000000000700000000000000", "byte count of range 0 is 4294963455 (0xFFFFF0FF); expected at least 1 and at most 4294963200")]
    [InlineData("000000000100000001100000000000000700000000000000", "byte count of range 0 is 4097 (0x1001); expected at most 4096, for which the header has page frame numbers")]
    [InlineData("000000000100000002000000ff0f00000700000000000000", "byte count of range 0 is 2 (0x2); expected at most 1, for which the header has page frame numbers")]
    [InlineData("0000000001000000010000000000000007000000000000000800000000000000", "extended header length is 24 (0x18); expected 16 bytes of ranges, which 1 ranges fill")]
    public void A_gpa_direct_header_is_checked_field_by_field(string hex, string message)
    {
        byte[] header = Convert.FromHexString(hex);

        Assert.False(GpaDirectHeader.TryParse(header, out GpaDirectHeader parsed, out RingCorruption? corruption));
        Assert.StartsWith("The " + message, corruption!.Message, StringComparison.Ordinal);
        Assert.Equal(0, parsed.RangeCount);
        Assert.False(parsed.GetEnumerator().MoveNext());
        Assert.False(GpadlEstablishHeader.TryParse(header, out _, out RingCorruption? same));
        Assert.Equal(corruption, same);
    }

    [Fact]
    public void Bytes_after_the_last_range_are_a_matter_of_choice()
    {
        byte[] header = Convert.FromHexString("0000000001000000010000000000000007000000000000000800000000000000");

        Assert.True(GpaDirectHeader.TryParse(header, out GpaDirectHeader parsed, out _, allowTrailingBytes: true));
        Assert.Equal(1, parsed.RangeCount);
        Assert.Equal(1, parsed.TotalBytes);
        Assert.True(GpadlEstablishHeader.TryParse(header, out _, out _, allowTrailingBytes: true));
    }

    [Theory]
    [InlineData("feca0000", 4096, "extended header length is 4 (0x4); expected at least 8")]
    [InlineData("feca000001000000", 4096, "range count is 1 (0x1); expected at most 0, which the header holds")]
    [InlineData("feca0000ffffffff0100000000000000", 4096, "range count is 4294967295 (0xFFFFFFFF); expected at most 1, which the header holds")]
    [InlineData("feca0000010000000110000000000000", 4096, "byte count of range 0 is 4097 (0x1001); expected at most 4096, which the shared buffer has from offset 0 on")]
    [InlineData("feca00000200000001000000000000000100000000100000", 4096, "byte count of range 1 is 1 (0x1); expected at most 0, which the shared buffer has from offset 4096 on")]
    [InlineData("feca0000010000000000000001100000", 4096, "byte offset of range 0 is 4097 (0x1001); expected at most 4096, the length of the shared buffer")]
    [InlineData("feca000001000000ffffffffffffffff", 4294967295, "byte count of range 0 is 4294967295 (0xFFFFFFFF); expected at most 0")]
    public void A_transfer_page_header_is_checked_field_by_field(string hex, long bufferLength, string message)
    {
        Assert.False(TransferPageHeader.TryParse(Convert.FromHexString(hex), bufferLength, out TransferPageHeader header, out RingCorruption? corruption));
        Assert.StartsWith("The " + message, corruption!.Message, StringComparison.Ordinal);
        Assert.Equal(0, header.RangeCount);
    }

    [Fact]
    public void A_transfer_page_header_is_read_back_whatever_its_reserved_bytes_hold()
    {
        byte[] bytes = Convert.FromHexString("fecaffff02000000ea05000000000000e905000000080000");

        Assert.True(TransferPageHeader.TryParse(bytes, 4096, out TransferPageHeader header, out _));
        Assert.Equal(0xCAFE, header.SetId);
        Assert.Equal(2, header.RangeCount);
        Assert.Equal(new TransferPageRange(1514, 0), header[0]);
        Assert.Equal(new TransferPageRange(1513, 2048), header[1]);
    }

    [Fact]
    public void Ranges_that_are_written_are_read_back()
    {
        Gen<(uint Count, uint Offset)> range =
            from offset in Gen.OneOf(Gen.Constant(0), Gen.Constant(4095), Gen.Choose(0, 4095))
            from count in Gen.OneOf(Gen.Constant(1), Gen.Constant(4096), Gen.Choose(1, 20_000))
            select ((uint)count, (uint)offset);
        Gen<(uint Count, uint Offset)[]> ranges = range.NonEmptyListOf().Select(list => list.ToArray());

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(ranges.ToArbitrary(), expected =>
        {
            byte[] buffer = new byte[expected.Sum(r => 8 + (8 * Pages(r.Count, r.Offset))) + 8];
            GpaRangeWriter writer = GpaRangeWriter.ForGpaDirect(buffer);
            ulong next = 0x1000;
            foreach ((uint count, uint offset) in expected)
            {
                ulong[] pages = new ulong[Pages(count, offset)];
                for (int i = 0; i < pages.Length; i++)
                {
                    pages[i] = next++ << 20;
                }

                writer.Add(count, offset, pages);
            }

            Assert.Equal(buffer.Length, writer.Written.Length);
            Assert.True(GpaDirectHeader.TryParse(writer.Written, out GpaDirectHeader header, out RingCorruption? corruption), corruption?.Message);
            Assert.Equal(expected.Length, header.RangeCount);
            Assert.Equal(expected.Sum(r => (long)r.Count), header.TotalBytes);
            int index = 0;
            ulong page = 0x1000;
            foreach (GpaRange actual in header)
            {
                Assert.Equal(expected[index++], (actual.ByteCount, actual.ByteOffset));
                for (int i = 0; i < actual.PageCount; i++)
                {
                    Assert.Equal(page++ << 20, actual.GetPageFrameNumber(i));
                }
            }

            Assert.Equal(expected.Length, index);
        }));
    }

    [Fact]
    public void Any_bytes_are_judged_as_the_rules_say()
    {
        // Right headers of which one word is replaced by a number near some limit, or the end is cut off or lengthened.
        Gen<uint[]> range =
            from offset in Gen.Elements<uint>(0, 1, 4095)
            from count in Gen.Elements<uint>(1, 2, 4095, 4096, 4097, 8192)
            select new[] { count, offset }.Concat(new uint[2 * Pages(count, offset)]).ToArray();
        Gen<byte[]> headers =
            from ranges in range.NonEmptyListOf()
            from kind in Gen.Choose(0, 3)
            from position in Gen.Choose(0, 1_000)
            from number in Gen.Elements<uint>(0, 1, 2, 3, 4095, 4096, 4097, 8193, 0x7FFFFFFF, 0x80000000, 0xFFFFEFFF, 0xFFFFF000, 0xFFFFF001, 0xFFFFFFFF)
            select Damage([0xFFFFFFFF, (uint)ranges.Count, .. ranges.SelectMany(words => words)], kind, position, number);
        int accepted = 0;

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3_000), Prop.ForAll(headers.ToArbitrary(), bytes =>
        {
            bool expected = IsRight(bytes);
            Assert.Equal(expected, GpaDirectHeader.TryParse(bytes, out GpaDirectHeader header, out RingCorruption? corruption));
            Assert.Equal(expected, corruption is null);
            int ranges = 0;
            foreach (GpaRange range in header)
            {
                ranges++;
                _ = range.GetPageFrameNumber(range.PageCount - 1);
            }

            Assert.Equal(header.RangeCount, ranges);
            accepted += expected ? 1 : 0;
        }));
        Assert.InRange(accepted, 500, 2_500);
    }

    [Fact]
    public void Ranges_that_contradict_themselves_are_not_written()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Add(0, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Add(1, 4096, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Add(uint.MaxValue, 4095, 1));
        Assert.Contains("touch 2 pages; 1 page frame numbers are given", Assert.Throws<ArgumentException>(() => Add(2, 4095, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("takes 264 bytes; the buffer has 248 left", Assert.Throws<ArgumentException>(() => Add(32 * 4096, 0, 32)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => GpaRangeWriter.ForGpaDirect(new byte[7]).Written.Length);
        Assert.Throws<ArgumentException>(() => TransferPageHeader.Write(new byte[15], 1, [default]));

        static void Add(uint count, uint offset, int pages)
        {
            GpaRangeWriter writer = GpaRangeWriter.ForGpaDirect(new byte[256]);
            writer.Add(count, offset, new ulong[pages]);
        }
    }

    private static byte[] Damage(uint[] words, int kind, int position, uint number)
    {
        switch (kind)
        {
            case 1:
                words[position % words.Length] = number;
                break;
            case 2:
                words = words[..(position % words.Length)];
                break;
            case 3:
                words = [.. words, .. new uint[position % 4]];
                break;
        }

        return [.. words.SelectMany(BitConverter.GetBytes)];
    }

    private static int Pages(uint count, uint offset)
    {
        int pages = 0;
        for (long position = 0; position < (long)offset + count; position += 4096)
        {
            pages++;
        }

        return pages;
    }

    /// <summary>The rules once more, with numbers that cannot overflow.</summary>
    private static bool IsRight(byte[] bytes)
    {
        if (bytes.Length < 8)
        {
            return false;
        }

        long count = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4));
        long position = 8;
        for (long i = 0; i < count; i++)
        {
            if (position + 8 > bytes.Length)
            {
                return false;
            }

            long byteCount = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan((int)position));
            long byteOffset = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan((int)position + 4));
            if (byteCount == 0 || byteOffset > 0xFFF || byteCount + 4095 + byteOffset > uint.MaxValue)
            {
                return false;
            }

            position += 8 + ((byteCount + byteOffset + 4095) / 4096 * 8);
            if (position > bytes.Length)
            {
                return false;
            }
        }

        return count > 0 && position == bytes.Length;
    }
}
