using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Vmbus.Tool;

/// <summary>Numbers as they are written in vectors and on the command line: decimal, or hexadecimal with <c>0x</c>.</summary>
internal static class HexNumber
{
    /// <exception cref="FormatException">The text is no such number, or exceeds 64 bits.</exception>
    public static ulong Parse(string text) =>
        TryParse(text, out ulong value) ? value : throw new FormatException($"\"{text}\" is not a number (decimal, or hexadecimal with 0x).");

    public static bool TryParse([NotNullWhen(true)] string? text, out ulong value) =>
        text is not null && text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
            : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
