using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.TestKit.Analyzers;

/// <summary>Holds what was reported to what the markup asks for.</summary>
internal sealed class DiagnosticComparison(DiagnosticReport report)
{
    /// <summary>Throws unless both sides agree in ids, places, additional locations where these are given, and messages where these are.</summary>
    public void Verify(
        ImmutableArray<ExpectedDiagnostic> expected,
        ImmutableArray<Diagnostic> actual,
        string? defaultId,
        IReadOnlyList<ExpectedMessage> messages)
    {
        List<Diagnostic> unexpected = [.. actual];
        List<string> missing = [];
        List<string> wrong = [];

        foreach (ExpectedDiagnostic wanted in expected)
        {
            string id = wanted.Id ?? defaultId ?? throw new FormatException(
                "Markup: [|...|] stands for the default id, but the test has none: its analyzers report several ids. Set DefaultId or write {|VMB101:...|}.");

            // Where two of one id stand at one place, the one with the wanted additional locations is taken first.
            Diagnostic? found = unexpected
                .Where(d => d.Id == id && ProjectAnalysis.PlaceOf(d.Location) == wanted.Place)
                .OrderByDescending(d => HasLocations(d, wanted.AdditionalLocations))
                .FirstOrDefault();
            if (found is null)
            {
                missing.Add(report.Describe(id, wanted.Place));
                continue;
            }

            unexpected.Remove(found);
            if (!HasLocations(found, wanted.AdditionalLocations))
            {
                wrong.Add(
                    report.Describe(found)
                    + "      additional locations expected: "
                    + (wanted.AdditionalLocations.IsEmpty ? "none" : string.Join(", ", wanted.AdditionalLocations.Select(report.Place))) + "\n");
            }
        }

        wrong.AddRange(WrongMessages(actual, messages));
        if (missing.Count + unexpected.Count + wrong.Count == 0)
        {
            return;
        }

        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"Expected {expected.Length} diagnostics: {missing.Count} missing, {unexpected.Count} unexpected, {wrong.Count} wrong.\n");
        Append(text, "missing", missing);
        Append(text, "unexpected", unexpected.Select(report.Describe));
        Append(text, "wrong", wrong);
        throw new VerificationFailedException(text.ToString());
    }

    private static bool HasLocations(Diagnostic diagnostic, ImmutableArray<FileSpan> expected)
        => expected.IsDefault || diagnostic.AdditionalLocations.Select(ProjectAnalysis.PlaceOf).SequenceEqual(expected);

    private IEnumerable<string> WrongMessages(ImmutableArray<Diagnostic> actual, IReadOnlyList<ExpectedMessage> messages)
    {
        foreach (ExpectedMessage wanted in messages)
        {
            Diagnostic[] ofRule = [.. actual.Where(d => d.Id == wanted.Id)];
            if (ofRule.Length <= (wanted.Index ?? 0))
            {
                yield return $"{wanted.Id}: the message of diagnostic {wanted.Index ?? 0} was to be compared, but there are {ofRule.Length}.\n";
                continue;
            }

            foreach (Diagnostic diagnostic in wanted.Index is { } index ? [ofRule[index]] : ofRule)
            {
                if (diagnostic.GetMessage(CultureInfo.InvariantCulture) != wanted.Text)
                {
                    yield return report.Describe(diagnostic) + $"      message expected: {wanted.Text}\n";
                }
            }
        }
    }

    private static void Append(StringBuilder text, string heading, IEnumerable<string> entries)
    {
        foreach (string entry in entries)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {heading}:\n    {entry}");
        }
    }
}
