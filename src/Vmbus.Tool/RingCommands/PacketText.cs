using System.Globalization;
using System.Text;
using Vmbus.Ring;

namespace Vmbus.Tool.RingCommands;

/// <summary>Packets in words. Every header is decoded from a copy and checked.</summary>
internal static class PacketText
{
    /// <summary>The type's number and, if it has one, its name.</summary>
    public static string Type(PacketType type) => Enum.IsDefined(type)
        ? string.Create(CultureInfo.InvariantCulture, $"{(ushort)type} {type}")
        : string.Create(CultureInfo.InvariantCulture, $"{(ushort)type}");

    /// <summary>The flags in hexadecimal and, where known, in words.</summary>
    public static string Flags(PacketFlags flags)
    {
        string number = $"0x{(ushort)flags:x}";
        return (flags & PacketFlags.CompletionRequested) != 0 ? number + " completion requested" : number;
    }

    /// <summary>The extended header: decoded if its type is known, otherwise in hexadecimal; what is wrong with it, if anything.</summary>
    public static string ExtendedHeader(RingPacket packet)
    {
        if (packet.ExtendedHeaderLength == 0)
        {
            return "";
        }

        byte[] header = new byte[packet.ExtendedHeaderLength];
        packet.CopyExtendedHeaderTo(header);
        RingCorruption? corruption;
        switch (packet.Type)
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
                return AdditionalDataHeader.TryParse(header, packet.PayloadLength, out AdditionalDataHeader more, out corruption)
                    ? string.Create(CultureInfo.InvariantCulture, $"{more.ByteCount} of {more.TotalBytes} bytes from {more.ByteOffset}")
                    : corruption.Message;
            default:
                return Convert.ToHexStringLower(header);
        }
    }

    /// <summary>The start of the payload in hexadecimal.</summary>
    public static string PayloadStart(RingPacket packet, int bytes)
    {
        byte[] payload = new byte[packet.PayloadLength];
        packet.CopyPayloadTo(payload);
        return payload.Length <= bytes
            ? Convert.ToHexStringLower(payload)
            : Convert.ToHexStringLower(payload.AsSpan(0, bytes)) + "...";
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
