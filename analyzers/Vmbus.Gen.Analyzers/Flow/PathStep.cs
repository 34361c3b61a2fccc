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

    /// <summary>The decisions that both ways have in common.</summary>
    public static PathStep? Common(PathStep? left, PathStep? right)
    {
        Stack<PathStep>? shared = null;
        while (!ReferenceEquals(left, right))
        {
            if (left is null || right is null)
            {
                left = null;
                break;
            }

            if (left.SameEvent(right.Kind, right.Operation))
            {
                (shared ??= new()).Push(left);
                left = left.Previous;
                right = right.Previous;
                continue;
            }

            int depth = Math.Min(left.Depth, right.Depth);
            bool both = left.Depth == right.Depth;
            left = both || left.Depth > depth ? left.Previous : left;
            right = both || right.Depth > depth ? right.Previous : right;
        }

        while (shared is { Count: > 0 })
        {
            PathStep step = shared.Pop();
            left = Append(left, step.Kind, step.Operation);
        }

        return left;
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
