using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;
using Vmbus.Gen.TestKit.Markup;

namespace Vmbus.Gen.TestKit.Projects;

/// <summary>A place in a file of the project under test.</summary>
public readonly record struct FileSpan(string Path, TextSpan Span);

/// <summary>A diagnostic that the markup asks for.</summary>
/// <param name="Id">Null for <c>[|...|]</c>.</param>
/// <param name="Place">Where it is expected.</param>
/// <param name="AdditionalLocations">The expected additional locations; default where the markup says nothing about them.</param>
public sealed record ExpectedDiagnostic(string? Id, FileSpan Place, ImmutableArray<FileSpan> AdditionalLocations);

/// <summary>A project of which the markup was taken out of sources and additional files.</summary>
/// <param name="Project">What is compiled.</param>
/// <param name="Expected">What the markup asks for, by file and place.</param>
/// <param name="Carets">The places marked <c>$$</c>.</param>
public sealed record MarkedUpProject(TestProject Project, ImmutableArray<ExpectedDiagnostic> Expected, ImmutableArray<FileSpan> Carets)
{
    public static MarkedUpProject Parse(TestProject project)
    {
        ImmutableArray<(TestFile File, MarkedUpText Markup)> sources = ParseAll(project.Sources);
        ImmutableArray<(TestFile File, MarkedUpText Markup)> additional = ParseAll(project.AdditionalFiles);
        ImmutableArray<(TestFile File, MarkedUpText Markup)> all = sources.AddRange(additional);

        Dictionary<int, FileSpan> locations = [];
        foreach ((TestFile file, MarkedUpText markup) in all)
        {
            foreach ((int number, TextSpan span) in markup.Locations)
            {
                if (!locations.TryAdd(number, new FileSpan(file.Path, span)))
                {
                    throw new FormatException($"Markup: the location #{number} is marked in two files, {locations[number].Path} and {file.Path}.");
                }
            }
        }

        return new MarkedUpProject(
            project with
            {
                Sources = [.. sources.Select(static s => new TestFile(s.File.Path, s.Markup.Text))],
                AdditionalFiles = [.. additional.Select(static s => new TestFile(s.File.Path, s.Markup.Text))],
            },
            Resolve([.. all.SelectMany(static f => f.Markup.Diagnostics.Select(d => (f.File.Path, d)))], locations),
            [.. all.SelectMany(static f => f.Markup.Carets.Select(c => new FileSpan(f.File.Path, new TextSpan(c, 0))))]);
    }

    private static ImmutableArray<(TestFile File, MarkedUpText Markup)> ParseAll(ImmutableArray<TestFile> files)
        => [.. files.Select(static f => (f, ParseFile(f)))];

    private static MarkedUpText ParseFile(TestFile file)
    {
        try
        {
            return MarkupParser.Parse(file.Text);
        }
        catch (FormatException e)
        {
            throw new FormatException($"{file.Path}: {e.Message}", e);
        }
    }

    /// <summary>
    /// Numbered locations belong to the diagnostics that name them; where none does and one diagnostic is expected, all of them are its own.
    /// </summary>
    private static ImmutableArray<ExpectedDiagnostic> Resolve(ImmutableArray<(string Path, MarkedSpan Span)> marked, Dictionary<int, FileSpan> locations)
    {
        bool namesLocations = marked.Any(static m => !m.Span.AdditionalLocations.IsDefault);
        if (locations.Count > 0 && !namesLocations && marked.Length != 1)
        {
            throw new FormatException(
                $"Markup: there are {locations.Count} numbered locations and {marked.Length} expected diagnostics; "
                + "say which diagnostic has which, as in {|VMB101(0,1):packet|}.");
        }

        HashSet<int> unused = [.. locations.Keys];
        ImmutableArray<ExpectedDiagnostic>.Builder expected = ImmutableArray.CreateBuilder<ExpectedDiagnostic>(marked.Length);
        foreach ((string path, MarkedSpan span) in marked)
        {
            ImmutableArray<int> numbers = locations.Count > 0 && !namesLocations ? [.. locations.Keys.Order()] : span.AdditionalLocations;
            expected.Add(new ExpectedDiagnostic(
                span.Id,
                new FileSpan(path, span.Span),
                numbers.IsDefault ? default : [.. numbers.Select(n => Find(n, path))]));
        }

        return unused.Count == 0
            ? expected.MoveToImmutable()
            : throw new FormatException($"Markup: the location #{unused.Min()} is marked, but no expected diagnostic names it.");

        FileSpan Find(int number, string path)
        {
            unused.Remove(number);
            return locations.TryGetValue(number, out FileSpan place)
                ? place
                : throw new FormatException($"Markup: {path} names the location #{number}, which is marked nowhere.");
        }
    }
}
