using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>
/// What an analysis follows along the paths of a function. The engine knows values, conditions and the ways that control goes;
/// the domain knows what operations mean to it.
/// </summary>
/// <typeparam name="TState">The domain's part of a state: immutable, compared by content, from a finite set.</typeparam>
internal abstract class FlowDomain<TState>
    where TState : class, IEquatable<TState>
{
    /// <summary>Whether exceptions that operations may raise, and that leave the function, are exits too.</summary>
    public virtual bool CollectsImplicitThrows => false;

    /// <summary>Whether places of this type are what the domain follows: states that differ in them are kept apart.</summary>
    public abstract bool Tracks(ITypeSymbol type);

    /// <summary>Whether places of this type, or that refer to something, are followed without keeping states apart.</summary>
    public virtual bool Follows(ITypeSymbol type, bool isReference) => false;

    /// <summary>Whether an operation that may throw by its kind really does.</summary>
    public virtual bool MayThrow(Machine<TState> machine, IOperation operation) => true;

    /// <summary>
    /// Runs one operation: its operands are on the machine, its result may be set, the state changed, the machine forked. The
    /// engine's own reading (assignments, comparisons, ...) follows.
    /// </summary>
    public virtual void Execute(Machine<TState> machine, IOperation operation)
    {
    }

    /// <summary>Whether a lambda or local function that is called is run in place, and not judged as a call.</summary>
    public virtual bool Enters(IMethodSymbol function) => true;

    /// <summary>What a member of a value is, where the domain knows; asked for members in patterns.</summary>
    public virtual Value? Member(Machine<TState> machine, Value receiver, ISymbol member) => null;

    /// <summary>The state after a lambda or local function that was run in place has returned.</summary>
    public virtual TState Returned(TState before, TState after, IMethodSymbol function) => after;

    /// <summary>A function that was run in place has put <paramref name="value"/> out into the variable of an argument, which held <paramref name="held"/>.</summary>
    public virtual void PutOut(Machine<TState> machine, Value? held, Value value, IArgumentOperation argument)
    {
    }

    /// <summary>The state after an exception has left a lambda or local function that was run in place.</summary>
    public virtual TState Failed(TState before, TState after, IMethodSymbol function) => Returned(before, after, function);

    /// <summary>
    /// The state in which the caller of an async function goes on when an exception has left its body, which goes into the task; null where that is no way of its own.
    /// </summary>
    public virtual TState? Swallowed(TState before, TState after, IMethodSymbol function, FlowExitKind kind)
        => kind == FlowExitKind.Throw ? Returned(before, after, function) : null;

    /// <summary>One state for both, when there are too many to keep apart.</summary>
    public abstract TState Join(TState left, TState right);

    /// <summary>Where paths meet, a place that is followed and held either value holds <paramref name="merged"/> from there on.</summary>
    /// <param name="joined">The state of both.</param>
    /// <param name="place">The place.</param>
    /// <param name="merged">What it holds.</param>
    /// <param name="left">One state, and what the place held in it.</param>
    /// <param name="right">The other.</param>
    /// <returns>The state of both, with what it says of the merged value.</returns>
    public virtual TState Merged(TState joined, Place place, Symbol merged, (TState State, Value Held) left, (TState State, Value Held) right) => joined;

    /// <summary>Whether the state speaks of the symbol, so that what is known of it must be kept.</summary>
    public virtual bool Holds(TState state, Symbol symbol) => false;

    /// <summary>The state after <paramref name="root"/> stands for something else: what it says of members read out of it, it says of earlier values.</summary>
    public virtual TState RenameDerived(TState state, Symbol root) => state;

    /// <summary>The state after <paramref name="from"/> was given the name <paramref name="to"/>.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="from">What the symbol was called.</param>
    /// <param name="to">What it is called.</param>
    /// <param name="isHeld">Whether some place still holds it.</param>
    /// <param name="isShared">Whether some place holds a value that was called so before, and still is.</param>
    public virtual TState Rename(TState state, Symbol from, Symbol to, bool isHeld, bool isShared) => state;

    /// <summary>The state once it is known that a value is null, or the default of its structure.</summary>
    public virtual TState KnownNull(TState state, Symbol value) => state;
}
