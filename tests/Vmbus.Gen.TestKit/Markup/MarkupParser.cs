using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Text;

namespace Vmbus.Gen.TestKit.Markup;

/// <summary>
/// Takes the markup out of a source text. Spans may nest and may span lines:
/// <c>{|VMB101:packet|}</c> a diagnostic, <c>{|VMB101(0,2):packet|}</c> one with the additional locations #0 and #2 in this order
/// (<c>()</c>: with none), <c>[|...|]</c> a diagnostic of the default id, <c>{|#0:...|}</c> a numbered location, <c>$$</c> a caret.
/// </summary>
public static partial class MarkupParser
{
    [GeneratedRegex(@"\G(?:#(?<number>[0-9]+)|(?<id>[A-Za-z]+[0-9]+)(?:\((?<list>(?:[0-9]+(?:,[0-9]+)*)?)\))?):")]
    private static partial Regex Header { get; }

    public static MarkedUpText Parse(string markup)
    {
        ArgumentNullException.ThrowIfNull(markup);
        markup = markup.ReplaceLineEndings("\n");

        StringBuilder text = new(markup.Length);
        Stack<Opening> open = new();
        List<MarkedSpan> diagnostics = [];
        ImmutableSortedDictionary<int, TextSpan>.Builder locations = ImmutableSortedDictionary.CreateBuilder<int, TextSpan>();
        ImmutableArray<int>.Builder carets = ImmutableArray.CreateBuilder<int>();

        int position = 0;
        while (position < markup.Length)
        {
            if (At(markup, position, "{|"))
            {
                Match header = Header.Match(markup, position + 2);
                if (!header.Success)
                {
                    throw Malformed(markup, position, "'{|' is not followed by an id and ':' such as '{|VMB101:' or '{|#0:'");
                }

                open.Push(new Opening(position, text.Length, header));
                position += 2 + header.Length;
            }
            else if (At(markup, position, "[|"))
            {
                open.Push(new Opening(position, text.Length, null));
                position += 2;
            }
            else if (At(markup, position, "|}") || At(markup, position, "|]"))
            {
                bool isDefault = markup[position + 1] == ']';
                if (!open.TryPop(out Opening opening) || opening.IsDefault != isDefault)
                {
                    throw Malformed(markup, position, $"'{markup.Substring(position, 2)}' closes nothing that is open here");
                }

                TextSpan span = TextSpan.FromBounds(opening.Start, text.Length);
                if (opening.Number is { } number)
                {
                    if (!locations.TryAdd(number, span))
                    {
                        throw Malformed(markup, opening.MarkupPosition, $"the location #{number} is marked twice");
                    }
                }
                else
                {
                    diagnostics.Add(new MarkedSpan(opening.Id, span, opening.AdditionalLocations));
                }

                position += 2;
            }
            else if (At(markup, position, "$$") && !StartsInterpolatedRawString(markup, position))
            {
                carets.Add(text.Length);
                position += 2;
            }
            else if (markup[position] == '$')
            {
                // The dollars of an interpolated raw string literal, taken together so that none of them is read as a caret.
                do
                {
                    text.Append(markup[position++]);
                }
                while (position < markup.Length && markup[position] == '$');
            }
            else
            {
                text.Append(markup[position++]);
            }
        }

        if (open.TryPop(out Opening unclosed))
        {
            throw Malformed(markup, unclosed.MarkupPosition, "the span that opens here is never closed");
        }

        return new MarkedUpText(
            text.ToString(),
            [.. diagnostics.OrderBy(static d => d.Span.Start).ThenByDescending(static d => d.Span.Length)],
            locations.ToImmutable(),
            carets.ToImmutable());
    }

    private static bool At(string text, int position, string token)
        => string.CompareOrdinal(text, position, token, 0, token.Length) == 0;

    private static bool StartsInterpolatedRawString(string text, int position)
    {
        int afterDollars = position;
        while (afterDollars < text.Length && text[afterDollars] == '$')
        {
            afterDollars++;
        }

        return At(text, afterDollars, "\"\"\"");
    }

    private static FormatException Malformed(string markup, int position, string what)
    {
        LinePosition place = SourceText.From(markup).Lines.GetLinePosition(position);
        return new FormatException($"Markup ({place.Line + 1},{place.Character + 1}): {what}.");
    }

    private readonly struct Opening(int markupPosition, int start, Match? header)
    {
        public int MarkupPosition { get; } = markupPosition;

        public int Start { get; } = start;

        public bool IsDefault => header is null;

        public string? Id => header?.Groups["id"].Value;

        public int? Number => header?.Groups["number"] is { Success: true } group ? int.Parse(group.Value, CultureInfo.InvariantCulture) : null;

        public ImmutableArray<int> AdditionalLocations => header?.Groups["list"] is not { Success: true } list
            ? default
            : [.. list.Value.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(static n => int.Parse(n, CultureInfo.InvariantCulture))];
    }
}
