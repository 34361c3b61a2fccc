using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Analyzers.Irql;

/// <summary>A call on the way to one that blocks.</summary>
/// <param name="Name">What is called.</param>
/// <param name="Location">Where it is called.</param>
internal sealed record BlockingStep(string Name, Location Location);

/// <summary>Whether a method blocks when it is called at DISPATCH_LEVEL: the calls that lead to it, the blocking one last; empty if it does not.</summary>
internal sealed class BlockingWay(ImmutableArray<BlockingStep> steps) : IEquatable<BlockingWay>
{
    public static readonly BlockingWay None = new([]);

    public ImmutableArray<BlockingStep> Steps { get; } = steps;

    public bool Blocks => Steps.Length > 0;

    public BlockingWay Through(BlockingStep call) => new(Steps.Insert(0, call));

    public bool Equals(BlockingWay? other) => other is not null && other.Steps.SequenceEqual(Steps);

    public override bool Equals(object? obj) => Equals(obj as BlockingWay);

    public override int GetHashCode() => Steps.Length;
}
