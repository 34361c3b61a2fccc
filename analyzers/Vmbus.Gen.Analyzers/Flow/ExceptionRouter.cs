using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>
/// Draws the edges that the compiler's graph lacks: from an operation that throws to the handlers, filters and finally regions
/// around it, and from the end of a finally region to where it was entered for.
/// </summary>
internal sealed class ExceptionRouter(INamedTypeSymbol? exceptionType)
{
    private readonly Dictionary<(ControlFlowRegion Region, Continuation? Context, ExceptionInfo Exception), Target[]> _routes = [];

    /// <summary>Where an exception that is raised in <paramref name="region"/> may go.</summary>
    public Target[] Raise(ControlFlowRegion region, Continuation? context, ExceptionInfo exception)
    {
        var key = (region, context, exception);
        if (!_routes.TryGetValue(key, out Target[]? targets))
        {
            var found = new List<Target>();
            Search(region, context, [], exception, found);
            targets = found.ToArray();
            _routes.Add(key, targets);
        }

        return targets;
    }

    /// <summary>Where the end of the finally region, or the rejection by the filter, that runs in <paramref name="context"/> leads.</summary>
    public Target[] Resume(Continuation context)
    {
        switch (context)
        {
            case FinallyContinuation { Rest: var rest, Goal: var goal }:
                return [Enter(rest, goal)];
            case FilterContinuation filter:
                var found = new List<Target>();
                Reject(filter, found);
                return found.ToArray();
            default:
                return [];
        }
    }

    /// <summary>The target of an ordinary branch that leaves <paramref name="finallyRegions"/>.</summary>
    public static Target Leave(IReadOnlyList<ControlFlowRegion> finallyRegions, int destination, Continuation? context)
    {
        PendingFinally? pending = null;
        for (int i = finallyRegions.Count - 1; i >= 0; i--)
        {
            pending = new PendingFinally(finallyRegions[i], context, pending);
        }

        return Enter(pending, new Goal(destination, context, null, EntersHandler: false));
    }

    /// <summary>The target of a filter that accepts: the finally regions inside run first, then the handler.</summary>
    public static Target Accept(FilterContinuation filter, int handler)
        => Enter(filter.Pending, new Goal(handler, filter.Outer, null, EntersHandler: true));

    private static Target Enter(PendingFinally? pending, Goal goal)
        => pending is null
            ? new Target(goal.Ordinal, goal.Context, goal.Exception, goal.EntersHandler)
            : new Target(pending.Region.FirstBlockOrdinal, new FinallyContinuation(pending.Next, goal, pending.Outer), null, EntersHandler: false);

    private static PendingFinally? Link(List<(ControlFlowRegion Region, Continuation? Outer)> pending)
    {
        PendingFinally? linked = null;
        for (int i = pending.Count - 1; i >= 0; i--)
        {
            linked = new PendingFinally(pending[i].Region, pending[i].Outer, linked);
        }

        return linked;
    }

    private void Reject(FilterContinuation filter, List<Target> found)
    {
        var pending = new List<(ControlFlowRegion, Continuation?)>();
        for (PendingFinally? next = filter.Pending; next is not null; next = next.Next)
        {
            pending.Add((next.Region, next.Outer));
        }

        ControlFlowRegion owner = filter.Handler.EnclosingRegion!;
        if (!SearchHandlers(owner, filter.Handler, filter.Outer, pending, filter.Exception, [], found))
        {
            Search(owner, filter.Outer, pending, filter.Exception, found);
        }
    }

    private void Search(
        ControlFlowRegion? region,
        Continuation? context,
        List<(ControlFlowRegion Region, Continuation? Outer)> pending,
        ExceptionInfo exception,
        List<Target> found)
    {
        var passed = new List<ITypeSymbol>();
        for (; region is not null; region = region.Around())
        {
            switch (region.Kind)
            {
                case ControlFlowRegionKind.Finally:
                    // The exception replaces whatever the finally region was run for.
                    context = context?.Outer;
                    break;
                case ControlFlowRegionKind.Filter:
                    // What a filter throws is swallowed and counts as a rejection.
                    if (context is FilterContinuation filter)
                    {
                        Reject(filter, found);
                    }

                    return;
                case ControlFlowRegionKind.Try when region.EnclosingRegion is { Kind: ControlFlowRegionKind.TryAndFinally } owner:
                    pending.Add((owner.NestedRegions[1], context));
                    break;
                case ControlFlowRegionKind.Try when region.EnclosingRegion is { Kind: ControlFlowRegionKind.TryAndCatch } owner:
                    if (SearchHandlers(owner, region, context, pending, exception, passed, found))
                    {
                        return;
                    }

                    break;
            }
        }

        found.Add(Enter(Link(pending), new Goal(-1, null, exception, EntersHandler: false)));
    }

    /// <summary>
    /// The handlers after <paramref name="after"/>; true if the search ends here. What went past a handler is not of its type:
    /// <paramref name="passed"/>.
    /// </summary>
    private bool SearchHandlers(
        ControlFlowRegion owner,
        ControlFlowRegion after,
        Continuation? context,
        List<(ControlFlowRegion Region, Continuation? Outer)> pending,
        ExceptionInfo exception,
        List<ITypeSymbol> passed,
        List<Target> found)
    {
        bool seen = false;
        foreach (ControlFlowRegion handler in owner.NestedRegions)
        {
            if (!seen)
            {
                seen = ReferenceEquals(handler, after);
                continue;
            }

            (bool may, bool must) = Matches(handler.ExceptionType, exception);
            if (!may || (!must && passed.Exists(t => Inherits(handler.ExceptionType!, t))))
            {
                // It is of another type, or a handler before this one would have caught it.
                continue;
            }

            if (handler.Kind == ControlFlowRegionKind.FilterAndHandler)
            {
                ControlFlowRegion filter = handler.NestedRegions[0];
                found.Add(new Target(filter.FirstBlockOrdinal, new FilterContinuation(handler, Link(pending), exception, context), null, EntersHandler: false));
                if (must)
                {
                    // A rejection goes on with the search from the filter's end.
                    return true;
                }
            }
            else
            {
                found.Add(Enter(Link(pending), new Goal(handler.FirstBlockOrdinal, context, null, EntersHandler: true)));
                if (must)
                {
                    return true;
                }

                passed.Add(handler.ExceptionType!);
            }
        }

        return false;
    }

    /// <summary>Whether a handler of a type catches whatever is thrown.</summary>
    public static bool CatchesAll([NotNullWhen(false)] ITypeSymbol? caught, INamedTypeSymbol? exceptionType)
        => caught is null || caught.SpecialType == SpecialType.System_Object || SymbolEqualityComparer.Default.Equals(caught, exceptionType);

    private (bool May, bool Must) Matches(ITypeSymbol? caught, ExceptionInfo exception)
    {
        if (CatchesAll(caught, exceptionType))
        {
            return (true, true);
        }

        if (exception.Type is not { } thrown)
        {
            return (true, false);
        }

        if (Inherits(thrown, caught))
        {
            return (true, true);
        }

        return (!exception.IsExact && Inherits(caught, thrown), false);
    }

    private static bool Inherits(ITypeSymbol type, ITypeSymbol ancestor)
    {
        for (ITypeSymbol? t = type; t is not null; t = t.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(t, ancestor))
            {
                return true;
            }
        }

        return false;
    }
}
