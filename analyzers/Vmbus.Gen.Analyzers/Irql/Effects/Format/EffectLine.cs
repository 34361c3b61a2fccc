namespace Vmbus.Gen.Analyzers.Irql.Effects;

/// <summary>
/// One line that says how a member blocks: <c>[wait|io|monitor|none] [may] [?condition] id</c>. Without a category: <c>wait</c>. <c>none</c>: it does not block,
/// whatever other tables say.
/// </summary>
internal static class EffectLine
{
    private const string May = "may";

    private static readonly char[] Blanks = [' ', '\t'];

    /// <summary>Reads a line.</summary>
    /// <returns>False for a line that says nothing: an empty one, a comment, or one with a word that has no meaning here.</returns>
    public static bool TryParse(string line, out string id, out BlockingMember member)
    {
        id = "";
        member = default;
        string[] words = line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || words[0][0] == '#')
        {
            return false;
        }

        BlockingCategory category = BlockingCategory.Wait;
        BlockingCondition condition = BlockingCondition.Always;
        BlockingGrade grade = BlockingGrade.Does;
        for (int i = 0; i < words.Length - 1; i++)
        {
            if (BlockingWords.Category(words[i]) is { } named)
            {
                category = named;
            }
            else if (words[i] == May)
            {
                grade = BlockingGrade.May;
            }
            else if (BlockingWords.Condition(words[i]) is { } hangsOn)
            {
                condition = hangsOn;
            }
            else
            {
                return false;
            }
        }

        id = words[words.Length - 1];
        member = category == BlockingCategory.None ? default : new BlockingMember(category, condition, grade);
        return id.Length > 2 && id[1] == ':' && id[0] is 'M' or 'P';
    }

    /// <summary>Writes what <see cref="TryParse"/> reads.</summary>
    public static string Write(string id, BlockingMember member)
        => BlockingWords.Of(member.Category)
            + (member.Grade == BlockingGrade.May ? " " + May : "")
            + (member.Condition == BlockingCondition.Always ? "" : " " + BlockingWords.Of(member.Condition))
            + " " + id;
}
