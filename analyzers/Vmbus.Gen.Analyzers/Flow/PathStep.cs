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

    /// <summary>A call returned true.</summary>
    ReturnsTrue,

    /// <summary>A call returned false.</summary>
    ReturnsFalse,

    /// <summary>A call returned null, or no packet.</summary>
    ReturnsNull,

    /// <summary>A call returned something.</summary>
    ReturnsValue,

    /// <summary>A call ended in the one of several ways in which it did what is asked of it.</summary>
    Does,

    /// <summary>A call ended in a way in which it did not.</summary>
    DoesNot,
}

/// <summary>
/// One decision on the way to a state, linked to the decisions before it. Where two ways meet again in the same state, only what
/// they have in common is kept: a decision that made no difference is in no path.
/// </summary>
internal sealed class PathStep
{
    /// <summary>How many decisions are looked back at where ways meet: what lies further back is told by no message.</summary>
    private const int MaximumLookBack = 64;

    /// <summary>The operation that decided; the syntax of a handler.</summary>
    private readonly object _happened;

    private PathStep? _next;
    private List<PathStep>? _others;

    private PathStep(PathStep? previous, PathStepKind kind, object happened)
    {
        Previous = previous;
        Kind = kind;
        _happened = happened;
        Depth = (previous?.Depth ?? 0) + 1;
    }

    public PathStep? Previous { get; }

    public PathStepKind Kind { get; }

    /// <summary>What decided; null where a handler was entered.</summary>
    public IOperation? Operation => _happened as IOperation;

    public SyntaxNode Syntax => _happened as SyntaxNode ?? ((IOperation)_happened).Syntax;

    public int Depth { get; }

    public static PathStep Append(PathStep? previous, PathStepKind kind, IOperation operation) => AppendEvent(previous, kind, operation);

    /// <summary>A handler was entered.</summary>
    public static PathStep AppendCaught(PathStep? previous, SyntaxNode handler) => AppendEvent(previous, PathStepKind.Caught, handler);

    private static PathStep AppendEvent(PathStep? previous, PathStepKind kind, object happened)
    {
        if (previous is null)
        {
            return new PathStep(null, kind, happened);
        }

        if (previous.SameEvent(kind, happened))
        {
            return previous;
        }

        // The same way is the same object, so that ways that part late are compared quickly.
        if (previous._next is not { } first)
        {
            return previous._next = new PathStep(previous, kind, happened);
        }

        if (first.SameEvent(kind, happened))
        {
            return first;
        }

        foreach (PathStep next in previous._others ?? [])
        {
            if (next.SameEvent(kind, happened))
            {
                return next;
            }
        }

        var step = new PathStep(previous, kind, happened);
        (previous._others ??= []).Add(step);
        return step;
    }

    /// <summary>The decisions that both ways have in common.</summary>
    public static PathStep? Common(PathStep? left, PathStep? right)
    {
        Stack<PathStep>? shared = null;
        for (int looked = 0; !ReferenceEquals(left, right); looked++)
        {
            if (left is null || right is null || looked == MaximumLookBack)
            {
                left = null;
                break;
            }

            if (left.SameEvent(right.Kind, right._happened))
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
            left = AppendEvent(left, step.Kind, step._happened);
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

    private bool SameEvent(PathStepKind kind, object happened) => Kind == kind && ReferenceEquals(_happened, happened);
}
