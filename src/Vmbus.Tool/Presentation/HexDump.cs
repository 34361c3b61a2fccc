using System.Globalization;
using System.Text;

namespace Vmbus.Tool.Presentation;

/// <summary>Bytes as people look at them: offset, hexadecimal, and letters where they are some.</summary>
internal static class HexDump
{
    private const int BytesInLine = 16;

    public static string Of(ReadOnlySpan<byte> bytes)
    {
        StringBuilder text = new();
        for (int line = 0; line < bytes.Length; line += BytesInLine)
        {
            ReadOnlySpan<byte> part = bytes[line..Math.Min(line + BytesInLine, bytes.Length)];
            text.Append(CultureInfo.InvariantCulture, $"{line:x4}  ");
            for (int i = 0; i < BytesInLine; i++)
            {
                text.Append(i < part.Length ? part[i].ToString("x2", CultureInfo.InvariantCulture) : "  ").Append(i == 7 ? "  " : " ");
            }

            text.Append(' ');
            foreach (byte b in part)
            {
                text.Append(b is >= 0x20 and < 0x7F ? (char)b : '.');
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
