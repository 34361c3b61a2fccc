using System.Globalization;
using System.Text;

namespace Vmbus.Gen.TestKit.Text;

/// <summary>The difference of two texts by lines, in the format of <c>diff -u</c>.</summary>
public static class UnifiedDiff
{
    private const int Context = 3;

    private enum Edit
    {
        Keep,
        Delete,
        Insert,
    }

    /// <returns>The empty string for equal texts.</returns>
    public static string Create(string oldName, string oldText, string newName, string newText)
    {
        string[] before = oldText.Split('\n');
        string[] after = newText.Split('\n');
        List<(Edit Kind, string Line)> edits = Compare(before, after);
        if (edits.TrueForAll(static e => e.Kind == Edit.Keep))
        {
            return "";
        }

        StringBuilder diff = new();
        diff.Append("--- ").Append(oldName).Append("\n+++ ").Append(newName).Append('\n');
        int index = 0;
        int oldLine = 0;
        int newLine = 0;
        while (index < edits.Count)
        {
            if (edits[index].Kind == Edit.Keep)
            {
                index++;
                oldLine++;
                newLine++;
                continue;
            }

            // A hunk reaches until more unchanged lines follow than two contexts show.
            int start = Math.Max(0, index - Context);
            int lastChange = index;
            for (int i = index; i < edits.Count && i - lastChange <= 2 * Context; i++)
            {
                lastChange = edits[i].Kind == Edit.Keep ? lastChange : i;
            }

            int end = Math.Min(edits.Count, lastChange + 1 + Context);
            int lead = index - start;
            List<(Edit Kind, string Line)> hunk = edits.GetRange(start, end - start);
            int oldCount = hunk.Count(static e => e.Kind != Edit.Insert);
            int newCount = hunk.Count(static e => e.Kind != Edit.Delete);
            diff.Append(CultureInfo.InvariantCulture, $"@@ -{oldLine - lead + 1},{oldCount} +{newLine - lead + 1},{newCount} @@\n");
            foreach ((Edit kind, string line) in hunk)
            {
                diff.Append(kind switch { Edit.Delete => '-', Edit.Insert => '+', _ => ' ' }).Append(line).Append('\n');
            }

            oldLine += oldCount - lead;
            newLine += newCount - lead;
            index = end;
        }

        return diff.ToString();
    }

    /// <summary>Myers' greedy algorithm: the furthest reaching path for each number of edits, then the way back.</summary>
    private static List<(Edit Kind, string Line)> Compare(string[] before, string[] after)
    {
        int max = before.Length + after.Length;
        int[] furthest = new int[(2 * max) + 2];
        List<int[]> trace = [];
        for (int edits = 0; ; edits++)
        {
            trace.Add((int[])furthest.Clone());
            for (int diagonal = -edits; diagonal <= edits; diagonal += 2)
            {
                bool down = diagonal == -edits || (diagonal != edits && furthest[max + diagonal - 1] < furthest[max + diagonal + 1]);
                int x = down ? furthest[max + diagonal + 1] : furthest[max + diagonal - 1] + 1;
                int y = x - diagonal;
                while (x < before.Length && y < after.Length && before[x] == after[y])
                {
                    x++;
                    y++;
                }

                furthest[max + diagonal] = x;
                if (x >= before.Length && y >= after.Length)
                {
                    return Backtrack(before, after, trace, max);
                }
            }
        }
    }

    private static List<(Edit Kind, string Line)> Backtrack(string[] before, string[] after, List<int[]> trace, int max)
    {
        List<(Edit Kind, string Line)> result = [];
        int x = before.Length;
        int y = after.Length;
        for (int edits = trace.Count - 1; edits >= 0; edits--)
        {
            int[] furthest = trace[edits];
            int diagonal = x - y;
            bool down = diagonal == -edits || (diagonal != edits && furthest[max + diagonal - 1] < furthest[max + diagonal + 1]);
            int previous = down ? diagonal + 1 : diagonal - 1;
            int previousX = edits == 0 ? 0 : furthest[max + previous];
            int previousY = edits == 0 ? 0 : previousX - previous;
            while (x > previousX && y > previousY)
            {
                result.Add((Edit.Keep, before[--x]));
                y--;
            }

            if (edits > 0)
            {
                result.Add(down ? (Edit.Insert, after[--y]) : (Edit.Delete, before[--x]));
            }
        }

        result.Reverse();
        return result;
    }
}
