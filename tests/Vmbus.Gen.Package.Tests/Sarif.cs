using System.Text.Json;

namespace Vmbus.Gen.Package.Tests;

/// <summary>A result of a compilation, from its SARIF log.</summary>
/// <param name="Level"><c>error</c>, <c>warning</c> or <c>note</c>.</param>
/// <param name="Line">From 1; 0 without a place.</param>
/// <param name="HelpLink">That of its rule; empty without one.</param>
internal sealed record SarifResult(string RuleId, string Level, string File, int Line, string Message, string HelpLink)
{
    /// <summary>Whether it is one of this package.</summary>
    public bool IsRule => RuleId.StartsWith("VMB", StringComparison.Ordinal);

    /// <summary>All results of a SARIF 2.1 log that nothing suppresses, in the order of their places.</summary>
    public static IReadOnlyList<SarifResult> Read(string path)
    {
        using JsonDocument log = JsonDocument.Parse(System.IO.File.ReadAllText(path));
        return
        [
            .. log.RootElement.GetProperty("runs").EnumerateArray()
                .SelectMany(static run => run.GetProperty("results").EnumerateArray().Where(static result => !IsSuppressed(result)).Select(result => Parse(result, run.GetProperty("tool").GetProperty("driver").GetProperty("rules"))))
                .OrderBy(static r => r.File, StringComparer.Ordinal).ThenBy(static r => r.Line).ThenBy(static r => r.RuleId, StringComparer.Ordinal),
        ];
    }

    private static bool IsSuppressed(JsonElement result) => result.TryGetProperty("suppressions", out JsonElement suppressions) && suppressions.GetArrayLength() > 0;

    private static SarifResult Parse(JsonElement result, JsonElement rules)
    {
        string file = "";
        int line = 0;
        if (result.TryGetProperty("locations", out JsonElement locations) && locations.GetArrayLength() > 0)
        {
            JsonElement place = locations[0].GetProperty("physicalLocation");
            file = Path.GetFileName(place.GetProperty("artifactLocation").GetProperty("uri").GetString()!);
            line = place.GetProperty("region").GetProperty("startLine").GetInt32();
        }

        return new SarifResult(
            result.GetProperty("ruleId").GetString()!,
            result.TryGetProperty("level", out JsonElement level) ? level.GetString()! : "warning",
            file,
            line,
            result.GetProperty("message").GetProperty("text").GetString()!,
            rules[result.GetProperty("ruleIndex").GetInt32()].TryGetProperty("helpUri", out JsonElement link) ? link.GetString()! : "");
    }
}
