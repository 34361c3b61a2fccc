using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Vmbus.Analyzers.Differential.Grammar;

/// <summary>
/// Reads the text of a template. In it <c>$0</c> to <c>$9</c> are blocks, <c>$c</c> is a condition, <c>$p</c> the subject and <c>$P</c> its type,
/// <c>$v $w $x $y $q</c> are new locals, <c>$f $g</c> new functions, <c>$l</c> a new label, <c>$b $n $k $s $o $h</c> variables of the function (bool, int, enum,
/// status, object, struct), <c>$T</c> a new exception, <c>$R</c> a rethrow, and <c>$d</c> the place where
/// a method of another type declares its variables. A block may say what it is about, where it stands that it ends the function, and
/// that control cannot leave it: <c>$0{v.Value:Pending|Nested}^</c>, <c>$1!</c>.
/// </summary>
internal static partial class TemplateText
{
    public static ImmutableArray<TemplatePart> Parse(string text, ref int conditions, ref int variables)
    {
        ImmutableArray<TemplatePart>.Builder parts = ImmutableArray.CreateBuilder<TemplatePart>();
        int from = 0;
        foreach (Match match in Hole().Matches(text))
        {
            if (match.Index > from)
            {
                parts.Add(new TemplatePart.Literal(text[from..match.Index]));
            }

            from = match.Index + match.Length;
            parts.Add(match.Groups["block"].Success ? BlockOf(match) : PartOf(match.Groups["hole"].Value[0], ref conditions, ref variables));
        }

        if (from < text.Length)
        {
            parts.Add(new TemplatePart.Literal(text[from..]));
        }

        return parts.ToImmutable();
    }

    private static TemplatePart.Block BlockOf(Match match)
    {
        string? subject = NullIfEmpty(match.Groups["subject"].Value);
        string? kind = NullIfEmpty(match.Groups["kind"].Value);
        string? scope = NullIfEmpty(match.Groups["scope"].Value);
        return new TemplatePart.Block(
            int.Parse(match.Groups["block"].Value, CultureInfo.InvariantCulture),
            subject,
            kind == "Same" ? null : kind,
            scope is null ? ScopeKind.Block : Enum.Parse<ScopeKind>(scope),
            match.Groups["tail"].Success,
            match.Groups["closed"].Success);
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private static TemplatePart PartOf(char hole, ref int conditions, ref int variables) => hole switch
    {
        'c' => new TemplatePart.Condition(conditions++),
        'p' => new TemplatePart.Subject(),
        'P' => new TemplatePart.SubjectType(),
        'R' => new TemplatePart.Rethrow(),
        'T' => new TemplatePart.NewException(),
        'd' => new TemplatePart.Declarations(),
        'b' or 'n' or 'k' or 's' or 'o' or 'h' => new TemplatePart.Variable(hole, variables++),
        _ => new TemplatePart.Name(hole),
    };

    [GeneratedRegex(@"\$(?:(?<block>\d)(?:\{(?:(?<subject>[\w.]+):(?<kind>\w+))?(?:\|(?<scope>\w+))?\})?(?<tail>\^)?(?<closed>!)?|(?<hole>[cdpPRTbnkshovwxyqfgl]))")]
    private static partial Regex Hole();
}
