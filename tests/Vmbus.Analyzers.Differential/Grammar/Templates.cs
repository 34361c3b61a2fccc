namespace Vmbus.Analyzers.Differential.Grammar;

/// <summary>The words in which languages write their templates down.</summary>
internal static class Templates
{
    /// <summary>A statement that ends what it is about.</summary>
    public static StatementTemplate End(string constructs, string text, string blocks = "", string member = "") => new(text, member, Goal.End, blocks, constructs);

    /// <summary>A statement that leaves it as it is.</summary>
    public static StatementTemplate Keep(string constructs, string text, string blocks = "", string member = "") => new(text, member, Goal.Keep, blocks, constructs);

    public static StatementTemplate About(this StatementTemplate template, params string[] kinds) => template with { Subjects = [.. kinds] };

    public static StatementTemplate Weighing(this StatementTemplate template, int weight) => template with { Weight = weight };

    public static StatementTemplate Wild(this StatementTemplate template) => template with { IsWild = true };

    /// <summary>Only where nothing else goes wrong: whoever holds the packet is no longer followed.</summary>
    public static StatementTemplate Tame(this StatementTemplate template) => template with { IsTame = true };

    /// <summary>Not in functions that are no ordinary ones: a ref struct or a nested function cannot stand there.</summary>
    public static StatementTemplate NotIn(this StatementTemplate template, params ScopeKind[] scopes) => template with { Not = [.. scopes] };
}
