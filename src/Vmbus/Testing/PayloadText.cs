namespace Vmbus.Testing;

/// <summary>Bytes as messages of the test kit show them.</summary>
internal static class PayloadText
{
    private const int Shown = 32;

    public static string Of(ReadOnlySpan<byte> bytes)
        => bytes.IsEmpty ? "no bytes"
            : bytes.Length <= Shown ? Convert.ToHexString(bytes)
            : $"{Convert.ToHexString(bytes[..Shown])}... ({bytes.Length} bytes)";
}
