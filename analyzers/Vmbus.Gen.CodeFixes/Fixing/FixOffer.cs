using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.CodeFixes.Fixing;

/// <summary>What is offered for a diagnostic.</summary>
/// <param name="title">What the user reads.</param>
/// <param name="apply">Gives the tree with the diagnostic fixed.</param>
internal sealed class FixOffer(string title, Func<SyntaxNode> apply)
{
    public string Title { get; } = title;

    public SyntaxNode Apply() => apply();
}
