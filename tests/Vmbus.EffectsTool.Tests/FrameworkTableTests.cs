using Vmbus.EffectsTool.Commands;
using Vmbus.EffectsTool.Effects;
using Vmbus.EffectsTool.Metadata;
using Vmbus.Gen.Analyzers.Irql.Effects;
using Xunit.Abstractions;

namespace Vmbus.EffectsTool.Tests;

/// <summary>The table in the repository against the framework that runs the tests.</summary>
public sealed class FrameworkTableTests(ITestOutputHelper output)
{
    private static readonly string TablePath = Path.Combine(AppContext.BaseDirectory, "framework.effects");

    [Fact]
    [Trait("Category", "Ci")]
    public void The_table_is_what_the_tool_writes()
    {
        byte[] committed = File.ReadAllBytes(TablePath);
        var table = new EffectsTable(committed);
        string here = FrameworkFolder.NameOf(FrameworkFolder.Default);
        byte[] rebuilt = TableCommand.Write(RunningFramework.Analysis, here);
        if (table.RunTime == here)
        {
            Assert.True(
                committed.AsSpan().SequenceEqual(rebuilt),
                "The table is not what the tool writes: run 'dotnet run --project src/Vmbus.EffectsTool -- table analyzers/Vmbus.Gen.Analyzers/Irql/Effects/framework.effects'.");
            return;
        }

        // Another version of the run time may do other things; who makes the next table wants to know which.
        output.WriteLine($"The table was made from {table.RunTime}; here runs {here}. It would change:");
        foreach ((string id, BlockingMember member) in RunningFramework.Members)
        {
            BlockingMember before = table.TryFind(MemberHash.Of(id, table.Seed), out BlockingMember found) ? found : default;
            if (before != member)
            {
                output.WriteLine($"  {id}: {CallWay.Verdict(before)}, now {CallWay.Verdict(member)}");
            }
        }
    }

    [Fact]
    [Trait("Category", "Ci")]
    public void Every_member_is_found_as_it_was_written()
    {
        IReadOnlyDictionary<string, BlockingMember> rows = RunningFramework.Analysis.Rows(static _ => true);
        var table = new EffectsTable(TableCommand.Write(RunningFramework.Analysis, "this"));

        Assert.Equal(rows.Count, table.Count);
        foreach (MethodNode method in RunningFramework.Analysis.Surface)
        {
            bool isFound = table.TryFind(MemberHash.Of(method.Id, table.Seed), out BlockingMember found);
            Assert.Equal(rows.TryGetValue(method.Id, out BlockingMember expected), isFound);
            Assert.Equal(expected, found);
        }
    }

    [Fact]
    [Trait("Category", "Ci")]
    public void Every_native_entry_point_is_in_the_list_of_primitives()
        => Assert.Empty(RunningFramework.Analysis.Graph.Methods.Where(static m => RunningFramework.Analysis.Primitives.Find(m) is null).Select(Primitives.NameOf));

    [Fact]
    [Trait("Category", "Ci")]
    public void Every_entry_of_the_border_is_for_a_member()
    {
        HashSet<string> ids = [.. RunningFramework.Analysis.Graph.Methods.Select(static m => m.Id)];
        Assert.Empty(RunningFramework.Analysis.Reviewed.All.Where(e => !ids.Any(e.Pattern.Matches)).Select(static e => e.Pattern.ToString()));
    }

    [Theory]
    [InlineData("does M:System.Foo | why", "say wait, io or monitor")]
    [InlineData("does wait M:System.Foo", "write")]
    [InlineData("perhaps wait M:System.Foo | why", "write")]
    [InlineData("does wait ?sometimes M:System.Foo | why", "no condition")]
    [InlineData("does tea M:System.Foo | why", "no category")]
    public void A_wrong_entry_of_the_border_names_its_place(string line, string complaint)
    {
        InvalidDataException thrown = Assert.Throws<InvalidDataException>(() => ReviewedMembers.Parse([new ReviewedLine("list.txt", 7, line)]));
        Assert.Contains("list.txt(7)", thrown.Message, StringComparison.Ordinal);
        Assert.Contains(complaint, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_that_is_cut_short_is_refused()
    {
        byte[] table = File.ReadAllBytes(TablePath);
        Assert.Throws<ArgumentException>(() => new EffectsTable(table[..^1]));
        Assert.Throws<ArgumentException>(() => new EffectsTable([]));
    }
}
