using System.Text.Json;

namespace Vmbus.Tool.Golden;

/// <summary>Operations on a ring with the answers of a recorded peer.</summary>
internal sealed class GoldenVector
{
    /// <summary>The format that this understands.</summary>
    public const string SupportedSchema = "vmbus-ring-golden/1";

    public required string Schema { get; init; }

    /// <summary>A number and a name: <c>NNN-name</c>.</summary>
    public required string Id { get; init; }

    public string Title { get; init; } = "";

    public required GoldenInitialState Initial { get; init; }

    public required IReadOnlyList<GoldenOperation> Operations { get; init; }

    public required GoldenFinalState Final { get; init; }

    /// <summary>The name without the number.</summary>
    public string Name => Id[(Id.IndexOf('-', StringComparison.Ordinal) + 1)..];

    /// <summary>Reads a vector.</summary>
    /// <exception cref="JsonException">It is not in the format.</exception>
    public static GoldenVector Load(string path)
    {
        using FileStream stream = File.OpenRead(path);
        GoldenVector vector = JsonSerializer.Deserialize(stream, GoldenJson.Default.GoldenVector)
            ?? throw new JsonException("The vector is null.");
        return vector.Schema == SupportedSchema
            ? vector
            : throw new JsonException($"The schema is \"{vector.Schema}\"; only \"{SupportedSchema}\" is understood.");
    }

    /// <summary>The vectors of a folder: every JSON file but the index.</summary>
    public static IReadOnlyList<string> Find(string folder)
    {
        string[] files = Directory.GetFiles(folder, "*.json");
        Array.Sort(files, StringComparer.Ordinal);
        return Array.FindAll(files, file => !Path.GetFileName(file).Equals("index.json", StringComparison.OrdinalIgnoreCase));
    }
}
