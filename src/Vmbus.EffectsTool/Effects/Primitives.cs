using Vmbus.EffectsTool.Metadata;
using Vmbus.Gen.Analyzers.Irql.Effects;

namespace Vmbus.EffectsTool.Effects;

/// <summary>What the native code behind the framework does: primitives.txt, which says it for every entry point.</summary>
internal sealed class Primitives
{
    private readonly List<(MemberPattern Pattern, BlockingCategory Category)> _entries = [];

    public static Primitives Load()
    {
        var primitives = new Primitives();
        foreach (ReviewedLine line in ReviewedText.Lines("primitives.txt"))
        {
            string[] words = line.Text.Split('|')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2 || BlockingWords.Category(words[0]) is not { } category)
            {
                throw line.Invalid("write 'wait|io|monitor|none library!entry ... | reason'");
            }

            foreach (string entry in words[1..])
            {
                primitives._entries.Add((new MemberPattern(entry), category));
            }
        }

        return primitives;
    }

    /// <summary>The name by which the list knows a method without managed code; null for any other.</summary>
    public static string? NameOf(MethodNode method)
        => method.Import is { } import ? $"{import.Library}!{import.EntryPoint}"
            : method.IsInternalCall ? $"runtime!{method.Owner.FullName}.{method.Name}"
            : null;

    /// <summary>What a native method does; null if the list does not know it.</summary>
    public BlockingCategory? Find(MethodNode method)
    {
        if (NameOf(method) is not { } name)
        {
            return BlockingCategory.None;
        }

        foreach ((MemberPattern pattern, BlockingCategory category) in _entries)
        {
            if (pattern.Matches(name))
            {
                return category;
            }
        }

        return null;
    }
}
