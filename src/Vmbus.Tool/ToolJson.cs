using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Vmbus.Tool.Header;
using Vmbus.Tool.Inspection;
using Vmbus.Tool.RingCommands;

namespace Vmbus.Tool;

/// <summary>What <c>--json</c> prints, bound at compile time. Numbers of 64 bits are hexadecimal text, which no reader of JSON rounds.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(RingSnapshot))]
[JsonSerializable(typeof(RingCheckReport))]
[JsonSerializable(typeof(RingSendReport))]
[JsonSerializable(typeof(RingReceiveReport))]
[JsonSerializable(typeof(HeaderReport))]
internal sealed partial class ToolJson : JsonSerializerContext
{
    /// <summary>Writes a report as one value and a line feed.</summary>
    public static void Write<T>(TextWriter output, T report, Func<ToolJson, JsonTypeInfo<T>> type)
        => output.Write(JsonSerializer.Serialize(report, type(Default)) + "\n");
}
