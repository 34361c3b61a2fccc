namespace Vmbus.Gen.Analyzers.Tests.Completion;

/// <summary>A pattern of control flow and the verdict on it, which stands in the source as markup.</summary>
/// <param name="Row">The number of the pattern in the catalogue.</param>
/// <param name="Name">What the pattern is.</param>
/// <param name="Source">The whole source.</param>
public sealed record CompletionCase(string Row, string Name, string Source)
{
    public override string ToString() => $"{Row} {Name}";
}
