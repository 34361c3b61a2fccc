using System.Globalization;
using System.Text;
using Vmbus.Ring;

namespace Vmbus.Tool.Inspection;

/// <summary>Extended headers in words.</summary>
internal static class ExtendedHeaderText
{
    /// <summary>The header decoded if its type is known, otherwise in hexadecimal; what is wrong with it, if anything; empty where there is none.</summary>
    /// <param name="type">The packet's type.</param>
    /// <param name="header">A copy, which nobody changes.</param>
    /// <param name="payloadLength">The length of the payload behind it in bytes.</param>
    public static string Describe(PacketType type, ReadOnlySpan<byte> header, int payloadLength)
    {
        if (header.IsEmpty)
        {
            return "";
        }

        RingCorruption? corruption;
        switch (type)
        {
            case PacketType.DataUsingGpaDirect:
                return GpaDirectHeader.TryParse(header, out GpaDirectHeader direct, out corruption, allowTrailingBytes: true)
                    ? Ranges(direct.GetEnumerator())
                    : corruption.Message;
            case PacketType.EstablishGpadl:
                return GpadlEstablishHeader.TryParse(header, out GpadlEstablishHeader establish, out corruption, allowTrailingBytes: true)
                    ? $"GPADL 0x{establish.Gpadl:x}: {Ranges(establish.GetEnumerator())}"
                    : corruption.Message;
            case PacketType.DataUsingTransferPages:
                // The length of the shared buffer is not in the ring.
                return TransferPageHeader.TryParse(header, long.MaxValue, out TransferPageHeader transfer, out corruption)
                    ? Ranges(transfer)
                    : corruption.Message;
            case PacketType.TeardownGpadl or PacketType.DataUsingGpadl:
                return GpadlHeader.TryParse(header, out GpadlHeader gpadl, out corruption) ? $"GPADL 0x{gpadl.Gpadl:x}" : corruption.Message;
            case PacketType.AddTransferPageSet or PacketType.RemoveTransferPageSet:
                return TransferPageSetHeader.TryParse(header, out TransferPageSetHeader set, out corruption)
                    ? $"GPADL 0x{set.Gpadl:x}, set 0x{set.SetId:x}"
                    : corruption.Message;
            case PacketType.AdditionalData:
                return AdditionalDataHeader.TryParse(header, payloadLength, out AdditionalDataHeader more, out corruption)
                    ? string.Create(CultureInfo.InvariantCulture, $"{more.ByteCount} of {more.TotalBytes} bytes from {more.ByteOffset}")
                    : corruption.Message;
            default:
                return Convert.ToHexStringLower(header);
        }
    }

    private static string Ranges(GpaRangeEnumerator ranges)
    {
        var text = new StringBuilder();
        while (ranges.MoveNext())
        {
            GpaRange range = ranges.Current;
            text.Append(text.Length == 0 ? "" : "; ")
                .Append(CultureInfo.InvariantCulture, $"{range.ByteCount} bytes from 0x{range.ByteOffset:x} of page");
            for (int i = 0; i < range.PageCount; i++)
            {
                text.Append(CultureInfo.InvariantCulture, $" 0x{range.GetPageFrameNumber(i):x}");
            }
        }

        return text.ToString();
    }

    private static string Ranges(TransferPageHeader header)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"set 0x{header.SetId:x}:");
        for (int i = 0; i < header.RangeCount; i++)
        {
            text.Append(i == 0 ? " " : "; ").Append(CultureInfo.InvariantCulture, $"{header[i].ByteCount} bytes from {header[i].ByteOffset}");
        }

        return text.ToString();
    }
}
