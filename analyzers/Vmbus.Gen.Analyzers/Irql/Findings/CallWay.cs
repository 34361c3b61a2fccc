using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Analyzers.Irql.Findings;

/// <summary>A call on the way to what is wrong.</summary>
/// <param name="Name">What is called.</param>
/// <param name="Location">Where it is called.</param>
internal sealed record CallStep(string Name, Location Location);

/// <summary>The calls that lead to what is wrong, itself the last of them.</summary>
internal sealed class CallWay : IEquatable<CallWay>, IComparable<CallWay>
{
    private readonly int _hash;

    public CallWay(CallStep step, CallWay? rest = null)
    {
        Step = step;
        Rest = rest;
        Length = 1 + (rest?.Length ?? 0);
        Last = rest?.Last ?? step;
        _hash = unchecked((((rest?._hash ?? 0) * 31) + step.Location.SourceSpan.Start) * 31) + step.Name.Length;
    }

    public CallStep Step { get; }

    public CallWay? Rest { get; }

    public CallStep Last { get; }

    public int Length { get; }

    public IEnumerable<CallStep> Steps
    {
        get
        {
            for (CallWay? way = this; way is not null; way = way.Rest)
            {
                yield return way.Step;
            }
        }
    }

    /// <summary>A total order, so that of several ways always the same one is told: the shortest, and of these the first in the source.</summary>
    public int CompareTo(CallWay? other)
    {
        if (other is null || ReferenceEquals(this, other))
        {
            return other is null ? -1 : 0;
        }

        int order = Length.CompareTo(other.Length);
        CallWay? left = this;
        CallWay? right = other;
        while (order == 0 && left is not null && right is not null && !ReferenceEquals(left, right))
        {
            order = Compare(left.Step, right.Step);
            left = left.Rest;
            right = right.Rest;
        }

        return order;
    }

    public bool Equals(CallWay? other)
    {
        if (other is null || other._hash != _hash || other.Length != Length)
        {
            return false;
        }

        return CompareTo(other) == 0;
    }

    public override bool Equals(object? obj) => Equals(obj as CallWay);

    public override int GetHashCode() => _hash;

    private static int Compare(CallStep left, CallStep right)
    {
        int order = string.CompareOrdinal(left.Location.SourceTree?.FilePath, right.Location.SourceTree?.FilePath);
        order = order != 0 ? order : left.Location.SourceSpan.Start.CompareTo(right.Location.SourceSpan.Start);
        order = order != 0 ? order : left.Location.SourceSpan.Length.CompareTo(right.Location.SourceSpan.Length);
        return order != 0 ? order : string.CompareOrdinal(left.Name, right.Name);
    }
}
