using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>Drops from a state what can decide nothing any more.</summary>
internal sealed class StatePruner<TState>(FlowProgram program, FlowDomain<TState> domain, FlowSession session)
    where TState : class, IEquatable<TState>
{
    private int[] _held = [];
    private int _heldMark;
    private bool[] _keep = new bool[16];

    /// <summary>The state without what can decide nothing any more after <paramref name="at"/>.</summary>
    public Disjunct<TState> Prune(Machine<TState> machine, BlockCode at, PathStep? path)
    {
        SmallMap<Value> environment = machine.Environment;
        if (environment.Count > 0)
        {
            bool[] keep = Buffer(environment.Count);
            int kept = 0;
            for (int i = 0; i < environment.Count; i++)
            {
                int place = environment.KeyAt(i);
                int index = program.IndexOf(place);
                keep[i] = index < 0 || program.IsLive(at, place) || program.Persists(session.Places[place]);
                kept += keep[i] ? 1 : 0;
            }

            environment = environment.Where(keep, kept);
        }

        SmallMap<IntervalSet> facts = machine.Facts;
        if (facts.Count > 0)
        {
            bool[] keep = Buffer(facts.Count);
            int kept = 0;
            MarkHeld(environment);
            for (int i = 0; i < facts.Count; i++)
            {
                keep[i] = IsHeld(session.Values[facts.KeyAt(i)], environment, machine.State, at);
                kept += keep[i] ? 1 : 0;
            }

            facts = facts.Where(keep, kept);
        }

        return new Disjunct<TState>(machine.State, environment, facts, path);
    }

    private bool[] Buffer(int length)
    {
        if (_keep.Length < length)
        {
            _keep = new bool[length * 2];
        }

        return _keep;
    }

    private bool IsHeld(Symbol symbol, SmallMap<Value> environment, TState state, BlockCode at)
    {
        if (domain.Holds(state, symbol))
        {
            return true;
        }

        if (symbol.Kind == SymbolKind.Derived && IsHeldOperand(symbol.Left, environment, state, at) && IsHeldOperand(symbol.Right, environment, state, at))
        {
            return true;
        }

        if (symbol.Kind == SymbolKind.Entry && symbol.Origin is Place place && environment.Find(place.Id) is null)
        {
            if (program.IndexOf(place.Id) < 0 ? session.Running.Count > 0 : program.IsLive(at, place.Id))
            {
                return true;
            }
        }

        return symbol.Id < _held.Length && _held[symbol.Id] == _heldMark;
    }

    /// <summary>Marks the symbols that some place holds, so that asking for each is quick.</summary>
    private void MarkHeld(SmallMap<Value> environment)
    {
        _heldMark++;
        if (_held.Length < session.Values.Count)
        {
            Array.Resize(ref _held, session.Values.Count * 2);
        }

        for (int i = 0; i < environment.Count; i++)
        {
            MarkHeld(environment.ValueAt(i));
        }
    }

    private void MarkHeld(Value? value)
    {
        switch (value)
        {
            case Symbol symbol:
                _held[symbol.Id] = _heldMark;
                if (symbol.Kind == SymbolKind.Derived)
                {
                    MarkHeld(symbol.Left);
                    MarkHeld(symbol.Right);
                }

                break;
            case Predicate predicate:
                foreach (Atom atom in predicate.Atoms)
                {
                    MarkHeld(atom.Symbol);
                }

                break;
            case Aggregate tuple:
                foreach (Value element in tuple.Elements)
                {
                    MarkHeld(element);
                }

                break;
            case Function { Instance: { } instance }:
                MarkHeld(instance);
                break;
        }
    }

    private bool IsHeldOperand(Value? operand, SmallMap<Value> environment, TState state, BlockCode at)
        => operand is not Symbol symbol
            || symbol.Origin is Type
            || IsHeld(symbol, environment, state, at);

}
