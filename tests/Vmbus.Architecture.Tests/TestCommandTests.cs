using System.Text.RegularExpressions;

namespace Vmbus.Architecture.Tests;

/// <summary>README's command, and what CI runs beside it: every test but the long ones is run, and README's command runs none that only CI does.</summary>
public sealed partial class TestCommandTests
{
    private const string Long = "Long";
    private const string Ci = "Ci";

    [GeneratedRegex("""^dotnet test (?<what>\S+)(?: --no-build)? --filter "(?<filter>[^"]+)"$""", RegexOptions.Multiline)]
    private static partial Regex Command { get; }

    [GeneratedRegex("""\[Trait\("Category", (?<category>[^)]+)\)\]""")]
    private static partial Regex Trait { get; }

    [GeneratedRegex("^Category(?<operator>!?=)(?<name>[A-Za-z]+)$")]
    private static partial Regex Term { get; }

    private static IReadOnlyList<TestCommand> OfCi => [.. CommandsOf(".ci/run")];

    [Theory]
    [InlineData("README.md")]
    [InlineData("CONTRIBUTING.md")]
    public void The_page_tells_the_first_command_of_CI(string page)
        => Assert.Contains(OfCi[0], CommandsOf(page));

    [Fact]
    public void The_first_command_runs_neither_what_is_long_nor_what_only_CI_runs()
        => Assert.All(SetsOfCategories(), static set => Assert.Equal(!set.Contains(Long) && !set.Contains(Ci), OfCi[0].Selects(set)));

    [Fact]
    public void CI_runs_every_test_of_the_solution_once_but_the_long_ones()
        => Assert.All(SetsOfCategories(), static set => Assert.Equal(set.Contains(Long) ? 0 : 1, OfCi.Count(c => c.What == "Vmbus.Gen.sln" && c.Selects(set))));

    /// <summary>A test project that the solution does not build, such as the twins on the newest compiler, has a command of its own.</summary>
    [Fact]
    public void CI_runs_every_test_project_that_the_solution_does_not_build()
    {
        string solution = Repository.Read("Vmbus.Gen.sln");
        string[] apart =
        [
            .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.csproj", SearchOption.AllDirectories)
                .Select(static f => Path.GetFileNameWithoutExtension(f))
                .Where(name => name.Contains(".Tests", StringComparison.Ordinal) && !IsBuilt(solution, name))
                .Order(StringComparer.Ordinal),
        ];

        Assert.Equal(apart, OfCi.Where(static c => c.What.StartsWith("tests/", StringComparison.Ordinal)).Select(static c => c.What["tests/".Length..]).Order(StringComparer.Ordinal));
        Assert.All(OfCi.Where(static c => c.What != "Vmbus.Gen.sln"), static c => Assert.All(SetsOfCategories(), set => Assert.Equal(!set.Contains(Long), c.Selects(set))));
    }

    private static bool IsBuilt(string solution, string project)
    {
        Match entry = Regex.Match(solution, $$"""= "{{Regex.Escape(project)}}", "[^"]*", "(?<id>[^"]+)"(?:\r?\n)""");
        return entry.Success && solution.Contains($"{entry.Groups["id"].Value}.Debug|Any CPU.Build.0", StringComparison.Ordinal);
    }

    /// <summary>Every set of the categories that any test has.</summary>
    private static IEnumerable<IReadOnlySet<string>> SetsOfCategories()
    {
        string[] names = [.. Repository.Sources("tests").SelectMany(static f => Trait.Matches(File.ReadAllText(f))).Select(static m => m.Groups["category"].Value).Distinct()];
        Assert.All(names, static n => Assert.Matches("^\"[A-Za-z]+\"$", n));
        string[] categories = [.. names.Select(static n => n.Trim('"'))];
        Assert.Superset(new HashSet<string> { Long, Ci }, categories.ToHashSet());
        for (int bits = 0; bits < 1 << categories.Length; bits++)
        {
            yield return categories.Where((_, i) => (bits >> i & 1) == 1).ToHashSet();
        }
    }

    private static IEnumerable<TestCommand> CommandsOf(string file)
        => Command.Matches(Repository.Read(file).ReplaceLineEndings("\n")).Select(static m => new TestCommand(m.Groups["what"].Value, m.Groups["filter"].Value));

    /// <param name="What">The solution or the project.</param>
    /// <param name="Filter">Terms that all have to hold. A test with several categories has a category if one of them is it.</param>
    private sealed record TestCommand(string What, string Filter)
    {
        public bool Selects(IReadOnlySet<string> categories)
            => Filter.Split('&').Select(static t => Term.Match(t)).All(t =>
                t.Success
                    ? categories.Contains(t.Groups["name"].Value) == (t.Groups["operator"].Value == "=")
                    : throw new InvalidOperationException($"'{Filter}' is more than what these tests can read."));
    }
}
