using Vmbus.EffectsTool.Metadata;
using Vmbus.Gen.Analyzers.Irql.Effects;

namespace Vmbus.EffectsTool.Effects;

/// <summary>The border between what does and what may block: reviewed-members.txt, where every entry has its reason.</summary>
internal sealed class ReviewedMembers
{
    private readonly List<ReviewedMember> _members;
    private readonly Dictionary<MethodNode, ReviewedMember?> _found = [];
    private readonly MethodContracts _contracts = new();

    private ReviewedMembers(List<ReviewedMember> members) => _members = members;

    public IReadOnlyList<ReviewedMember> All => _members;

    public static ReviewedMembers Load() => Parse(ReviewedText.Lines("reviewed-members.txt"));

    /// <summary>Reads lines of the form <c>verdict [category] [?condition] id | reason</c>.</summary>
    public static ReviewedMembers Parse(IEnumerable<ReviewedLine> lines)
    {
        List<ReviewedMember> members = [];
        foreach (ReviewedLine line in lines)
        {
            int bar = line.Text.IndexOf('|', StringComparison.Ordinal);
            string[] words = (bar < 0 ? line.Text : line.Text[..bar]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string reason = bar < 0 ? "" : line.Text[(bar + 1)..].Trim();
            if (words.Length < 2 || reason.Length == 0 || !Enum.TryParse(words[0], ignoreCase: true, out ReviewedVerdict verdict))
            {
                throw line.Invalid("write 'does|alone|may|never [wait|io|monitor] [?condition] id | reason'");
            }

            BlockingCategory category = BlockingCategory.None;
            BlockingCondition condition = BlockingCondition.Always;
            foreach (string word in words[1..^1])
            {
                if (word[0] == '?')
                {
                    condition = BlockingWords.Condition(word) ?? throw line.Invalid($"'{word}' is no condition");
                }
                else
                {
                    category = BlockingWords.Category(word) ?? throw line.Invalid($"'{word}' is no category");
                }
            }

            if (verdict != ReviewedVerdict.Never && category == BlockingCategory.None)
            {
                throw line.Invalid("say wait, io or monitor");
            }

            members.Add(new ReviewedMember(new MemberPattern(words[^1]), verdict, category, condition, reason));
        }

        return new ReviewedMembers(members);
    }

    /// <summary>The first entry for a method, or what it says of itself.</summary>
    public ReviewedMember? Find(MethodNode method)
    {
        method = method.General ?? method;
        if (!_found.TryGetValue(method, out ReviewedMember? member))
        {
            member = _members.Find(m => m.Pattern.Matches(method.Id) && CanMeet(m.Condition, method)) ?? OfContract(method) ?? OfEventSource(method);
            _found.Add(method, member);
        }

        return member;
    }

    /// <summary>An overload without a time-out never waits for one: what it does is told by its body.</summary>
    private static bool CanMeet(BlockingCondition condition, MethodNode method) => condition != BlockingCondition.OnlyWithTimeout || TimeoutParameter.Of(method) >= 0;

    /// <summary>What the framework writes for listeners does not count.</summary>
    private static ReviewedMember? OfEventSource(MethodNode method)
        => !method.Owner.IsVisible && method.Owner.Base is not null && method.Owner.IsOrDerivesFrom("System.Diagnostics.Tracing.EventSource")
            ? new ReviewedMember(new MemberPattern(method.Id), ReviewedVerdict.Never, BlockingCategory.None, BlockingCondition.Always, "writes events for a listener")
            : null;

    private ReviewedMember? OfContract(MethodNode method)
        => _contracts.Of(method) is { } verdict
            ? new ReviewedMember(new MemberPattern(method.Id), verdict, verdict == ReviewedVerdict.Never ? BlockingCategory.None : BlockingCategory.Wait, BlockingCondition.Always, "its contract")
            : null;
}
