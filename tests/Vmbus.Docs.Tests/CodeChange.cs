namespace Vmbus.Docs.Tests;

/// <summary>A change that a page asks its reader to make, written as the lines of a diff.</summary>
/// <param name="File">The file to change.</param>
/// <param name="Before">The lines as they are.</param>
/// <param name="After">The lines as they should be.</param>
internal sealed record CodeChange(string File, string Before, string After)
{
    public static CodeChange Parse(string file, string diff)
    {
        string[] lines = diff.TrimEnd('\n').Split('\n');
        return new CodeChange(file, Side('-'), Side('+'));

        string Side(char sign) => string.Concat(lines.Where(l => l.Length == 0 || l[0] == ' ' || l[0] == sign).Select(static l => (l.Length == 0 ? "" : l[1..]) + "\n"));
    }

    public string ApplyTo(string code, string page)
    {
        int index = code.IndexOf(Before, StringComparison.Ordinal);
        return index >= 0 && code.IndexOf(Before, index + 1, StringComparison.Ordinal) < 0
            ? code[..index] + After + code[(index + Before.Length)..]
            : throw new InvalidOperationException($"{page}: the lines to change in {File} are not exactly once in it:\n{Before}");
    }
}
