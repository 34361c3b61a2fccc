using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vmbus.Tool.Golden;

/// <summary>What the recorded peer answered to an operation. What is null it did not say.</summary>
internal sealed class GoldenExpectation
{
    public string? Result { get; init; }

    public bool? NeedSignal { get; init; }

    public bool? Signal { get; init; }

    public long? BytesConsumed { get; init; }

    public long? Needed { get; init; }

    public ushort? Type { get; init; }

    public ushort? Offset8 { get; init; }

    public ushort? Length8 { get; init; }

    public ushort? Flags { get; init; }

    public string? Xid { get; init; }

    /// <summary>Descriptor and extended header, hexadecimal.</summary>
    public string? Header { get; init; }

    public string? Payload { get; init; }

    public uint? WriteIndex { get; init; }

    public uint? ReadIndex { get; init; }

    public long? AvailableWrite { get; init; }

    public long? AvailableRead { get; init; }

    public string? Note { get; init; }

    /// <summary>What the vector expects beyond the format; it cannot be checked, and that is said.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }
}
