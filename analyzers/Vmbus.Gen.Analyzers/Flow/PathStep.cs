using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Analyzers.Flow;

internal enum PathStepKind
{
    /// <summary>A condition was true.</summary>
    WhenTrue,

    /// <summary>A condition was false.</summary>
    WhenFalse,

    /// <summary>A handler was entered.</summary>
    Caught,

    /// <summary>A call had one of several outcomes.</summary>
    Outcome,
}

/// <summary>
/// One decision on the way to a state, linked to the decisions before it. Where two ways meet again in the same state, only what
/// they have in common is kept: a decision that made no difference is in no path.
/// </summary>
internal sealed class PathStep
{
    private PathStep(PathStep? previous, PathStepKind kind, IOperation operation)
    {
        Previous = previous;
        Kind = kind;
        Operation = operation;
        Depth = (previous?.Depth ?? 0) + 1;
    }

    public PathStep? Previous { get; }

    public PathStepKind Kind { get; }

    public IOperation Operation { get; }

    public int Depth { get; }

    public static PathStep Append(PathStep? previous, PathStepKind kind, IOperation operation)
        => previous is not null && previous.SameEvent(kind, operation) ? previous : new(previous, kind, operation);

    public static PathStep? Common(PathStep? left, PathStep? right)
    {
        if (ReferenceEquals(left, right))
        {
            return left;
        }

        if (left is { Kind: PathStepKind.Caught } && right is not null && right.SameEvent(left.Kind, left.Operation))
        {
            return Append(Common(left.Previous, right.Previous), left.Kind, left.Operation);
        }

        int depth = Math.Min(left?.Depth ?? 0, right?.Depth ?? 0);
        while (left is not null && left.Depth > depth)
        {
            left = left.Previous;
        }

        while (right is not null && right.Depth > depth)
        {
            right = right.Previous;
        }

        PathStep? common = left;
        while (!ReferenceEquals(left, right))
        {
            PathStep? next = left!.Previous;
            if (!right!.SameEvent(left.Kind, left.Operation))
            {
                common = next;
            }

            left = next;
            right = right.Previous;
        }

        return common;
    }

    /// <summary>The steps up to this one, first to last.</summary>
    public List<PathStep> ToList()
    {
        var steps = new List<PathStep>(Depth);
        for (PathStep? step = this; step is not null; step = step.Previous)
        {
            steps.Add(step);
        }

        steps.Reverse();
        return steps;
    }

    private bool SameEvent(PathStepKind kind, IOperation operation) => Kind == kind && ReferenceEquals(Operation, operation);
}
