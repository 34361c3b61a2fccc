using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Contracts;
using Vmbus.Gen.Analyzers.Flow;
using Vmbus.Gen.Analyzers.Irql.Findings;
using SymbolKind = Vmbus.Gen.Analyzers.Flow.SymbolKind;

namespace Vmbus.Gen.Analyzers.Irql.Levels;

/// <summary>Raises, lowers, scopes and their ends: how the level of a path changes, and where that is wrong by itself.</summary>
internal sealed class LevelChanges(IrqlPass pass)
{
    private static readonly object PreviousOf = new();

    private readonly Dictionary<Location, string> _wrong = [];

    private VmbusTypes Types => pass.Model.Types;

    /// <summary>The changes of the level that are wrong, with what is.</summary>
    public IEnumerable<KeyValuePair<Location, string>> Wrong => _wrong;

    public static bool IsCurrent(VmbusTypes types, IPropertySymbol property) => VmbusTypes.Same(types.KernelIrql, property.ContainingType) && property.Name == "Current";

    /// <summary>What a property of the level or of a scope yields; null for any other.</summary>
    public Value? Read(Machine<IrqlState> machine, IPropertySymbol property)
    {
        if (IsCurrent(Types, property))
        {
            return machine.State.Level;
        }

        return VmbusTypes.Same(Types.IrqlScope, property.ContainingType) && property.Name == "Previous" && machine.Operand(0) is { } scope
            ? machine.State.Find(scope) is { } raise ? raise.Previous : BeforeOf(scope)
            : null;
    }

    /// <summary>What a filter sees of the level: it is as whatever threw has left it, which may have raised it and lowers it again once a handler is found.</summary>
    public static Value SeenByFilter(Machine<IrqlState> machine, IPropertyReferenceOperation reference)
    {
        Symbol seen = machine.Fresh(reference, null, isBoolean: false);
        machine.Constrain(seen, SeenByFilter(machine).ToRange());
        return seen;
    }

    public static LevelSet SeenByFilter(Machine<IrqlState> machine)
        => machine.State.Level is { } level && LevelSet.From(machine.RangeOf(level)) is { IsEmpty: false } own ? LevelSet.All.Except(LevelSet.Below(own.Lowest)) : LevelSet.All;

    /// <summary>Applies a call of the run time that changes the level; false if it is none.</summary>
    public bool Apply(Machine<IrqlState> machine, IInvocationOperation invocation)
    {
        IMethodSymbol method = invocation.TargetMethod;
        if (VmbusTypes.Same(Types.KernelIrql, method.ContainingType) && invocation.Arguments.Length == 1)
        {
            switch (method.Name)
            {
                case "Raise":
                    Raise(machine, machine.Operand(0), invocation, "KernelIrql.Raise");
                    return true;
                case "Lower":
                    Lower(machine, machine.Operand(0), invocation.Syntax.GetLocation(), "KernelIrql.Lower");
                    return true;
            }
        }

        if (VmbusTypes.Same(Types.IrqlScope, method.ContainingType) && method.Name == "Dispose")
        {
            Dispose(machine, machine.Operand(0));
            return true;
        }

        return false;
    }

    /// <summary>A call after which the level is a higher one, until it is undone.</summary>
    public void Raise(Machine<IrqlState> machine, Value? level, IOperation call, string name)
    {
        Location location = call.Syntax.GetLocation();
        if (LevelSet.From(machine.RangeOf(level)) is { } to && pass.LevelsAt(machine) is (var from, false) && from.Highest > to.Highest)
        {
            Note(location, $"'{name}' raises to {LevelNames.Of(to.Highest)}, but may be reached at {LevelNames.Of(from.Highest)}: a raise must not lower");
        }

        Symbol scope = machine.Fresh(call, null, isBoolean: false);
        Value? before = machine.State.Level;
        machine.State = machine.State.Raise(scope, level, location);
        machine.Result = VmbusTypes.Same(Types.Irql, call.Type) ? before : scope;
    }

    /// <summary>Goes to a level that is not above the current one; raises that began at it or above are undone by that.</summary>
    public void Lower(Machine<IrqlState> machine, Value? level, Location location, string name)
    {
        if (level is null || LevelSet.From(machine.RangeOf(level)) is null)
        {
            machine.State = machine.State.Lower(static _ => true, level);
            return;
        }

        if (IsBelowEntry(machine, level) is { } entry)
        {
            Note(location, $"'{name}' goes below {LevelNames.Of(entry)}, the level at which {Describe(pass.Function.Method)} is called");
        }

        LevelSet to = LevelSet.From(machine.RangeOf(level))!.Value;
        machine.State = machine.State.Lower(
            raise => Equals(raise.Previous, level)
                || raise.Previous is null
                || (LevelSet.From(machine.RangeOf(raise.Previous)) is { } previous && !previous.Overlaps(LevelSet.Below(to.Highest))),
            level);
    }

    /// <summary>Ends the raise that a scope stands for, or, where a lower has done so before, goes to the level that the scope knows.</summary>
    public void Dispose(Machine<IrqlState> machine, Value? scope)
        => machine.State = machine.State.Find(scope) is { } raise
            ? machine.State.Close(r => ReferenceEquals(r, raise), raise.Previous)
            : machine.State.At(scope is null ? null : BeforeOf(scope));

    /// <summary>Notes the raises that a delegate leaves open, if it returns at another level than it was called at.</summary>
    public void NoteOpen(IrqlState before, IrqlState after)
    {
        if (Equals(before.Level, after.Level))
        {
            return;
        }

        foreach (OpenRaise raise in after.Raises)
        {
            if (!before.Raises.Contains(raise))
            {
                Note(raise.Location, "The IRQL is raised here and not restored when the delegate returns");
            }
        }
    }

    /// <summary>The scope whose level a value is the one before; null for any other value.</summary>
    public static Value? ScopeBefore(Value? level) => level is Symbol { Kind: SymbolKind.Derived } symbol && ReferenceEquals(symbol.Origin, PreviousOf) ? symbol.Left : null;

    private Value BeforeOf(Value scope) => pass.Session.Values.Derived(PreviousOf, null, scope, null, isBoolean: false);

    /// <summary>A level at which the function may be called and that lies above the one that it goes to; null if there is none.</summary>
    private long? IsBelowEntry(Machine<IrqlState> machine, Value level)
    {
        Value called = pass.CalledAt;
        if (ReferenceEquals(level, called) || (ReferenceEquals(called, pass.Entry) && pass.Function.IsOpen && !pass.Model.Contracts.ReturnsAtSameLevel(pass.Function.Method)))
        {
            return null;
        }

        return LevelSet.From(machine.RangeOf(level)) is { } to && LevelSet.From(machine.RangeOf(called)) is { } entry && entry.Highest > to.Highest ? entry.Highest : null;
    }

    private static string Describe(IMethodSymbol method) => method.MethodKind == MethodKind.AnonymousFunction ? "the lambda" : $"'{IrqlModel.NameOf(method)}'";

    private void Note(Location location, string what)
    {
        if (!pass.IsInsideCall && !_wrong.ContainsKey(location))
        {
            _wrong.Add(location, what);
        }
    }
}
