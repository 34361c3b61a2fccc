namespace Vmbus.Analyzers.Differential.Grammar;

/// <summary>A piece of a template's text.</summary>
internal abstract record TemplatePart
{
    /// <summary>Text as it stands.</summary>
    public sealed record Literal(string Text) : TemplatePart;

    /// <summary>A block of statements.</summary>
    /// <param name="Index">Which of the statement's blocks.</param>
    /// <param name="About">What the block is about from here on, in terms of the template's names; null if nothing changes.</param>
    /// <param name="Kind">The kind of that subject; null for the kind that the statement has.</param>
    /// <param name="Scope">Whether a function begins.</param>
    /// <param name="IsTail">Whether nothing follows the block if nothing follows the statement.</param>
    /// <param name="IsClosed">Whether control may not be sent out of it.</param>
    public sealed record Block(int Index, string? About, string? Kind, ScopeKind Scope, bool IsTail, bool IsClosed) : TemplatePart;

    /// <summary>A condition.</summary>
    public sealed record Condition(int Index) : TemplatePart;

    /// <summary>A name of the statement's own.</summary>
    public sealed record Name(char Letter) : TemplatePart;

    /// <summary>A variable that the function around declares: a flag, a number, ...</summary>
    public sealed record Variable(char Letter, int Index) : TemplatePart;

    /// <summary>What the statement is about.</summary>
    public sealed record Subject : TemplatePart;

    /// <summary>The type of what the statement is about.</summary>
    public sealed record SubjectType : TemplatePart;

    /// <summary>Where a method declares what it mentions, if that is not at its first brace.</summary>
    public sealed record Declarations : TemplatePart;

    /// <summary>The statement that raises the caught exception again.</summary>
    public sealed record Rethrow : TemplatePart;

    /// <summary>A new exception to throw.</summary>
    public sealed record NewException : TemplatePart;
}
