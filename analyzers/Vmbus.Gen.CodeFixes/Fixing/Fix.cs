using System.Collections.Immutable;

namespace Vmbus.Gen.CodeFixes.Fixing;

/// <summary>What a code fix offers for one diagnostic.</summary>
/// <param name="title">What the person reads.</param>
/// <param name="edits">All of its changes, in the document of the diagnostic.</param>
internal sealed class Fix(string title, ImmutableArray<NodeEdit> edits)
{
    public string Title { get; } = title;

    public ImmutableArray<NodeEdit> Edits { get; } = edits;

    /// <summary>What the person reads where the same is done in several places.</summary>
    public string TitleOfSeveral { get; init; } = title;
}
