namespace Vmbus.EffectsTool.Effects;

/// <summary>The lists of this tool that people review, which are embedded in it.</summary>
internal static class ReviewedText
{
    public static IEnumerable<ReviewedLine> Lines(string resource)
    {
        using Stream stream = typeof(ReviewedText).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The list {resource} is not embedded in the tool.");
        using var reader = new StreamReader(stream);
        for (int number = 1; reader.ReadLine() is { } text; number++)
        {
            if (text.Trim() is { Length: > 0 } line && line[0] != '#')
            {
                yield return new ReviewedLine(resource, number, line);
            }
        }
    }
}
