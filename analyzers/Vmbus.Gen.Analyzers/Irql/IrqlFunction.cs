using Microsoft.CodeAnalysis;
using Vmbus.Gen.Analyzers.Flow;
using Vmbus.Gen.Analyzers.Irql.Calls;

namespace Vmbus.Gen.Analyzers.Irql;

/// <summary>A function to be looked at, and what is known of it before it runs.</summary>
/// <param name="Method">The function.</param>
/// <param name="Levels">The levels at which it says that it is called; null if it says nothing, and its caller's count.</param>
/// <param name="Substitution">What its type parameters stand for.</param>
/// <param name="IsCallback">Whether the channel calls it, and waits until it has returned.</param>
/// <param name="IsStart">Whether the channel calls it while it starts.</param>
internal sealed record IrqlFunction(IMethodSymbol Method, IntervalSet? Levels, TypeSubstitution Substitution, bool IsCallback, bool IsStart)
{
    /// <summary>Whether it runs at whatever level it is called, so that its callers have to answer for it.</summary>
    public bool IsOpen => Levels is null;
}
