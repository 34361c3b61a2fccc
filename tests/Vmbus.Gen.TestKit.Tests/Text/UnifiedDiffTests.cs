using Vmbus.Gen.TestKit.Text;

namespace Vmbus.Gen.TestKit.Tests.Text;

public sealed class UnifiedDiffTests
{
    [Fact]
    public void Equal_texts_have_no_difference() => Assert.Equal("", UnifiedDiff.Create("a", "x\ny", "b", "x\ny"));

    [Fact]
    public void Distant_changes_are_hunks_of_their_own()
    {
        string before = string.Join('\n', Enumerable.Range(1, 20));
        string after = before.Replace("\n3\n", "\nthree\n").Replace("\n17\n", "\n17\nseventeen and a half\n");

        Assert.Equal(
            "--- a\n+++ b\n@@ -1,6 +1,6 @@\n 1\n 2\n-3\n+three\n 4\n 5\n 6\n@@ -15,6 +15,7 @@\n 15\n 16\n 17\n+seventeen and a half\n 18\n 19\n 20\n",
            UnifiedDiff.Create("a", before, "b", after));
    }

    [Fact]
    public void Applying_the_difference_gives_the_new_text()
    {
        Random random = new(7);
        for (int round = 0; round < 300; round++)
        {
            string[] before = [.. Enumerable.Range(0, random.Next(0, 30)).Select(_ => random.Next(4).ToString())];
            string[] after = [.. Enumerable.Range(0, random.Next(0, 30)).Select(_ => random.Next(4).ToString())];
            string diff = UnifiedDiff.Create("a", string.Join('\n', before), "b", string.Join('\n', after));

            Assert.Equal(string.Join('\n', after), Apply(string.Join('\n', before).Split('\n'), diff));
        }
    }

    private static string Apply(string[] before, string diff)
    {
        List<string> result = [];
        int position = 0;
        foreach (string line in diff.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2))
        {
            switch (line[0])
            {
                case '@':
                    int start = int.Parse(line[4..line.IndexOf(',')]) - 1;
                    result.AddRange(before[position..start]);
                    position = start;
                    break;
                case '-':
                    Assert.Equal(before[position++], line[1..]);
                    break;
                case '+':
                    result.Add(line[1..]);
                    break;
                default:
                    Assert.Equal(before[position++], line[1..]);
                    result.Add(line[1..]);
                    break;
            }
        }

        result.AddRange(before[position..]);
        return string.Join('\n', result);
    }
}
