using System.Globalization;
using System.Text.RegularExpressions;

namespace Vmbus.Analyzers.Differential.Grammar;

/// <summary>
/// Programs carry probes, <c>/*@ code @*/</c>: what is judged is the program without them, what is run the program with their code, which tells the oracle
/// what it could not see otherwise and changes nothing.
/// </summary>
internal static partial class ProbeText
{
    public static string Judged(string text) => Probe().Replace(text, "");

    public static string Run(string text)
    {
        int guards = 0;
        string guarded = Try().Replace(text, m => string.Create(CultureInfo.InvariantCulture, $"{m.Value} using var guard{guards++} = global::Vmbus.Analyzers.Differential.Oracle.Choices.Guard.Begin();"));
        return guarded.Replace("/*@", "", StringComparison.Ordinal).Replace("@*/", "", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\btry \{")]
    private static partial Regex Try();

    [GeneratedRegex(@"/\*@.*?@\*/ ?", RegexOptions.Singleline)]
    private static partial Regex Probe();
}
