using System.Text.Json.Serialization;

namespace Vmbus.Tool.Golden;

/// <summary>The vectors' JSON, bound at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(GoldenVector))]
internal sealed partial class GoldenJson : JsonSerializerContext;
