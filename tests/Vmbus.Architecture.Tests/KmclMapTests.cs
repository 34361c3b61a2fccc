using System.Reflection;
using System.Text.RegularExpressions;

namespace Vmbus.Architecture.Tests;

/// <summary>Holds docs/kmcl.md to the members and tests that exist.</summary>
public sealed partial class KmclMapTests
{
    public static TheoryData<string, string, string> Rows()
    {
        TheoryData<string, string, string> rows = [];
        foreach (string line in Repository.Read("docs/kmcl.md").Split('\n'))
        {
            string[] cells = line.Trim().Trim('|').Split('|', StringSplitOptions.TrimEntries);
            if (line.StartsWith('|') && cells.Length == 5 && cells[0] is not "KMCL" and not "what" and not "---")
            {
                rows.Add(cells[0], cells[1], cells[4]);
            }
        }

        return rows;
    }

    [Fact]
    public void The_map_has_its_tables() => Assert.InRange(Rows().Count, 40, 200);

    [Fact]
    public void Every_function_and_callback_of_the_header_has_one_row()
    {
        string[] header = Repository.Read("tests/Vmbus.Architecture.Tests/KmclNames.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string[] mapped = [.. Rows().SelectMany(row => KmclName().Matches((string)row[0]).Select(name => name.Value))];
        Assert.Empty(header.Except(mapped));
        Assert.Empty(mapped.Except(header));
        Assert.Equal(mapped.Length, mapped.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_row_names_members_and_a_test_that_exist(string kmcl, string members, string test)
    {
        Assert.NotEmpty(kmcl);
        if (members.StartsWith("none:", StringComparison.Ordinal))
        {
            // What user mode cannot have says why, and has nothing to test.
            Assert.True(members.Length > 20, "The row does not say why there is none.");
            return;
        }

        MatchCollection named = Code().Matches(members);
        Assert.NotEmpty(named);
        Assert.All(named, match => Assert.True(Exists(match.Groups[1].Value), $"{match.Value} is no public member of the run time."));
        MatchCollection proofs = Code().Matches(test);
        Assert.NotEmpty(proofs);
        Assert.All(proofs, RequireTest);
    }

    private static void RequireTest(Match proof)
    {
        string[] parts = proof.Groups[1].Value.Split('.');
        string[] sources = [.. Repository.Sources("tests/Vmbus.Tests").Where(file => Path.GetFileNameWithoutExtension(file) == parts[0])];
        Assert.Matches($@"public (void|async Task) {Regex.Escape(parts[1])}\(", File.ReadAllText(Assert.Single(sources)));
    }

    private static bool Exists(string member)
    {
        int arguments = member.IndexOf('(', StringComparison.Ordinal);
        string[] parts = (arguments < 0 ? member : member[..arguments]).Split('.');
        Assembly runTime = typeof(VmbusChannel).Assembly;
        if (parts.Length == 1 && runTime.GetType($"Vmbus.{parts[0]}") is { IsPublic: true })
        {
            return true;
        }

        Type? type = parts.Length == 1 ? typeof(VmbusChannel) : runTime.GetType($"Vmbus.{parts[0]}");
        return type is { IsPublic: true } && type.GetMember(parts[^1], BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static).Length != 0;
    }

    [GeneratedRegex("(?:Vmb|Evt)[A-Za-z]+")]
    private static partial Regex KmclName();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
