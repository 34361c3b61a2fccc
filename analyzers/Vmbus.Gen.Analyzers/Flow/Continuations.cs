using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>An exception under way.</summary>
/// <param name="Type">Its static type; null if nothing is known of it.</param>
/// <param name="IsExact">Whether the type cannot be a more derived one.</param>
/// <param name="Thrower">The <c>throw</c> that is written in the source; null for an exception that some operation may raise.</param>
internal sealed record ExceptionInfo(ITypeSymbol? Type, bool IsExact, SyntaxNode? Thrower)
{
    public static readonly ExceptionInfo Implicit = new(null, false, null);

    public bool Equals(ExceptionInfo? other)
        => other is not null && SymbolEqualityComparer.Default.Equals(Type, other.Type) && IsExact == other.IsExact && ReferenceEquals(Thrower, other.Thrower);

    public override int GetHashCode() => SymbolEqualityComparer.Default.GetHashCode(Type) ^ (Thrower?.GetHashCode() ?? 0);
}

/// <summary>Where control goes once the finally regions on the way have run: a block, or (with an exception) out of the function.</summary>
internal sealed record Goal(int Ordinal, Continuation? Context, ExceptionInfo? Exception, bool EntersHandler);

/// <summary>The finally regions that are still to run, innermost first, each in the context around it.</summary>
internal sealed record PendingFinally(ControlFlowRegion Region, Continuation? Outer, PendingFinally? Next);

/// <summary>
/// Why a finally region or an exception filter is being run, and so where its end leads. A block is interpreted once for each
/// context in which it runs: a finally region for each of the ways through it.
/// </summary>
internal abstract record Continuation
{
    /// <summary>The context of what is around the region.</summary>
    public abstract Continuation? Outer { get; init; }
}

internal sealed record FinallyContinuation(PendingFinally? Rest, Goal Goal, Continuation? Outer) : Continuation;

/// <summary>A filter that runs while a handler is searched: the finally regions inside have not run yet.</summary>
internal sealed record FilterContinuation(ControlFlowRegion Handler, PendingFinally? Pending, ExceptionInfo Exception, Continuation? Outer) : Continuation;

/// <summary>A block in a context.</summary>
internal readonly record struct Target(int Ordinal, Continuation? Context, ExceptionInfo? Exception, bool EntersHandler);
