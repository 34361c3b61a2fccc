namespace Vmbus.EffectsTool.Effects;

/// <summary>A line of a reviewed list, with its place.</summary>
internal sealed record ReviewedLine(string File, int Number, string Text)
{
    public InvalidDataException Invalid(string remedy) => new($"{File}({Number}): '{Text}': {remedy}.");
}
