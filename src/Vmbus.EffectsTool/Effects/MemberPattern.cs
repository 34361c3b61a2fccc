namespace Vmbus.EffectsTool.Effects;

/// <summary>A documentation comment id, or the beginning of one that ends with <c>*</c>.</summary>
internal readonly struct MemberPattern(string text)
{
    private readonly string _start = text.EndsWith('*') ? text[..^1] : text;
    private readonly bool _isOpen = text.EndsWith('*');

    /// <summary>Whether the pattern is for this id: all of it, all up to its parameters and type parameters, or its beginning.</summary>
    public bool Matches(string id)
        => id.StartsWith(_start, StringComparison.Ordinal) && (_isOpen || id.Length == _start.Length || id[_start.Length] is '(' or '`');

    public override string ToString() => text;
}
