using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.TestKit.Analyzers;

/// <summary>Writes diagnostics for a person: place, id, message, and the source line with the span underlined.</summary>
internal sealed class DiagnosticReport
{
    private readonly Dictionary<string, SourceText> _texts = [];

    public DiagnosticReport(Compilation compilation, TestProject project)
    {
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            _texts[tree.FilePath] = tree.GetText();
        }

        foreach (TestFile file in project.AdditionalFiles)
        {
            _texts[file.Path] = SourceText.From(file.Text);
        }
    }

    public string Describe(Diagnostic diagnostic)
    {
        StringBuilder text = new();
        FileSpan place = ProjectAnalysis.PlaceOf(diagnostic.Location);
        text.Append(Place(place)).Append(' ').Append(Severity(diagnostic)).Append(' ').Append(diagnostic.Id).Append(": ")
            .Append(diagnostic.GetMessage(CultureInfo.InvariantCulture)).Append('\n')
            .Append(Excerpt(place));
        foreach (Location additional in diagnostic.AdditionalLocations)
        {
            FileSpan at = ProjectAnalysis.PlaceOf(additional);
            text.Append("      also at ").Append(Place(at)).Append('\n').Append(Excerpt(at));
        }

        return text.ToString();
    }

    public string Describe(string id, FileSpan place) => $"{Place(place)} {id}\n{Excerpt(place)}";

    public string Place(FileSpan place)
    {
        if (!_texts.TryGetValue(place.Path, out SourceText? source))
        {
            return place.Path.Length == 0 ? "(no place)" : place.Path;
        }

        LinePositionSpan lines = source.Lines.GetLinePositionSpan(place.Span);
        return $"{Path.GetFileName(place.Path)}({lines.Start.Line + 1},{lines.Start.Character + 1})-({lines.End.Line + 1},{lines.End.Character + 1})";
    }

    private string Excerpt(FileSpan place)
    {
        if (!_texts.TryGetValue(place.Path, out SourceText? source))
        {
            return "";
        }

        TextLine line = source.Lines.GetLineFromPosition(place.Span.Start);
        string text = line.ToString();
        int column = place.Span.Start - line.Start;
        int length = Math.Max(1, Math.Min(place.Span.Length, text.Length - column));
        string number = (line.LineNumber + 1).ToString(CultureInfo.InvariantCulture);
        string margin = new(' ', 8 + number.Length);
        return $"        {number} | {text}\n{margin} | {new string(' ', column)}{new string('~', length)}\n";
    }

    private static string Severity(Diagnostic diagnostic) => diagnostic.Severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        DiagnosticSeverity.Info => "info",
        _ => "hidden",
    };
}
