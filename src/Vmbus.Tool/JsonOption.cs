using System.CommandLine;

namespace Vmbus.Tool;

/// <summary>The option <c>--json</c>, which every command that reports has.</summary>
internal static class JsonOption
{
    public static Option<bool> Create() => new("--json") { Description = "Reports as JSON on standard output. Errors stay text on standard error." };
}
