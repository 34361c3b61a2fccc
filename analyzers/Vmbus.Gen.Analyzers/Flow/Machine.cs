using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>One path through a block being run: an evaluation stack, what places hold, what is known, and the domain's state.</summary>
internal sealed class Machine<TState>
    where TState : class, IEquatable<TState>
{
    private readonly FlowInterpreter<TState> _interpreter;
    private Value?[] _stack = new Value?[16];
    private int _depth;
    private int _operands;

    public Machine(FlowInterpreter<TState> interpreter) => _interpreter = interpreter;

    /// <summary>Begins a path at the head of a block.</summary>
    public Machine<TState> Start(Disjunct<TState> start)
    {
        Reset(start.State, start.Environment, start.Facts, start.Path);
        _depth = 0;
        _operands = 0;
        Counter = 0;
        Raised = null;
        return this;
    }

    public TState State { get; set; } = null!;

    public SmallMap<Value> Environment { get; set; } = SmallMap<Value>.Empty;

    public SmallMap<IntervalSet> Facts { get; set; } = SmallMap<IntervalSet>.Empty;

    public PathStep? Path { get; set; }

    /// <summary>What the current operation yields; null leaves it to the engine.</summary>
    public Value? Result { get; set; }

    /// <summary>Whether this path has ended.</summary>
    public bool IsStopped { get; private set; }

    public FlowProgram Program => _interpreter.Program;

    /// <summary>The block that is being run.</summary>
    public BasicBlock Block => _interpreter.CurrentBlock;

    public FlowSession Session => _interpreter.Session;

    /// <summary>Whether a filter is being run that looks at what some call has thrown, so that the finally regions of what was called have not run yet.</summary>
    public bool IsFilteringCall => _interpreter.IsFilteringCall;

    /// <summary>The next instruction of the block.</summary>
    internal int Counter { get; set; }

    /// <summary>The state that was last handed to the handlers around.</summary>
    internal Disjunct<TState>? Raised { get; set; }

    public int OperandCount => _depth - _operands;

    /// <summary>The value of an operand of the current operation, in evaluation order (the instance of a call first).</summary>
    public Value? Operand(int index) => _stack[_operands + index];

    /// <summary>Gives an operand of the current operation another value.</summary>
    public void SetOperand(int index, Value value) => _stack[_operands + index] = value;

    /// <summary>What lies on top of the stack: at a block's end the value that it branches on.</summary>
    public Value? Top => _depth > 0 ? _stack[_depth - 1] : null;

    /// <summary>Another path from here on; it shares nothing with this one.</summary>
    public Machine<TState> Fork()
    {
        Machine<TState> fork = _interpreter.Rent();
        fork.Reset(State, Environment, Facts, Path);
        if (fork._stack.Length < _depth)
        {
            fork._stack = new Value?[_stack.Length];
        }

        Array.Copy(_stack, fork._stack, _depth);
        fork._depth = _depth;
        fork._operands = _operands;
        fork.Counter = Counter;
        fork.Raised = Raised;
        _interpreter.Add(fork);
        return fork;
    }

    private void Reset(TState state, SmallMap<Value> environment, SmallMap<IntervalSet> facts, PathStep? path)
    {
        State = state;
        Environment = environment;
        Facts = facts;
        Path = path;
        Result = null;
        IsStopped = false;
    }

    /// <summary>Ends this path: what follows is not reached on it.</summary>
    public void Stop() => IsStopped = true;

    /// <summary>The value that the place holds now.</summary>
    public Value Read(Place place) => Environment.Find(place.Id) ?? Session.Values.Entry(place);

    public void Write(Place place, Value value) => Environment = Environment.With(place.Id, value);

    /// <summary>The value that <paramref name="operation"/> yields this time; what it yielded before is another one from now on.</summary>
    public Symbol Fresh(object operation, object? slot, bool isBoolean)
    {
        Symbol symbol = Session.Values.Site(operation, slot, isBoolean);
        if (Program.Repeats(_interpreter.CurrentBlock.Ordinal))
        {
            Age(symbol);
        }

        return symbol;
    }

    /// <summary>Narrows what is known by a condition; false if it cannot be so on this path.</summary>
    public bool Assume(Value? condition, bool sense)
    {
        switch (condition)
        {
            case Constant { IsNumber: true } constant:
                return (constant.Number != 0) == sense;
            case Symbol { IsBoolean: true } symbol:
                return Constrain(symbol, sense ? IntervalSet.True : IntervalSet.False);
            case Predicate predicate when predicate.Negated != sense:
                foreach (Atom atom in predicate.Atoms)
                {
                    if (!Constrain(atom.Symbol, atom.Set))
                    {
                        return false;
                    }
                }

                return true;
            case Predicate predicate:
                // Not all of them hold: if all but one are known to, it is that one.
                Atom? open = null;
                foreach (Atom atom in predicate.Atoms)
                {
                    if (!RangeOf(atom.Symbol).IsSubsetOf(atom.Set))
                    {
                        if (open is not null)
                        {
                            return true;
                        }

                        open = atom;
                    }
                }

                return open is { } last && Constrain(last.Symbol, last.Set.Complement());
            default:
                return true;
        }
    }

    public bool Constrain(Symbol symbol, IntervalSet set)
    {
        IntervalSet known = RangeOf(symbol);
        IntervalSet narrowed = known.Intersect(set);
        if (narrowed.IsEmpty)
        {
            return false;
        }

        if (!narrowed.Equals(known))
        {
            Facts = Facts.With(symbol.Id, narrowed);
            if (ValueAlgebra.IsTypeTest(symbol) && narrowed.Equals(IntervalSet.True))
            {
                return Assume(_interpreter.Algebra.IsNull(symbol.Left!), sense: false);
            }

            if (ValueAlgebra.IsNullTest(symbol) && symbol.Left is Symbol value && narrowed.Equals(IntervalSet.True))
            {
                State = _interpreter.Domain.KnownNull(State, value);
            }
        }

        return true;
    }

    public IntervalSet RangeOf(Symbol symbol) => Facts.Find(symbol.Id) ?? symbol.Range;

    /// <summary>What numbers a value may be; everything if it is no number.</summary>
    public IntervalSet RangeOf(Value? value) => value switch
    {
        Constant { IsNumber: true } constant => IntervalSet.Of(constant.Number),
        Symbol symbol => RangeOf(symbol),
        Predicate => Truth(value) switch { true => IntervalSet.True, false => IntervalSet.False, _ => IntervalSet.Boolean },
        _ => IntervalSet.Full,
    };

    /// <summary>Whether a condition is known to hold or not to hold on this path.</summary>
    public bool? Truth(Value? condition)
    {
        switch (condition)
        {
            case Constant { IsNumber: true } constant:
                return constant.Number != 0;
            case Symbol { IsBoolean: true } symbol:
                IntervalSet range = RangeOf(symbol);
                return range.Contains(1) ? range.Contains(0) ? null : true : false;
            case Predicate predicate:
                bool all = true;
                foreach (Atom atom in predicate.Atoms)
                {
                    IntervalSet known = RangeOf(atom.Symbol);
                    if (!known.Overlaps(atom.Set))
                    {
                        return predicate.Negated;
                    }

                    all &= known.IsSubsetOf(atom.Set);
                }

                return all ? !predicate.Negated : null;
            default:
                return null;
        }
    }

    /// <summary>Whether a value is known to be null (or the default of a struct), or known not to be.</summary>
    public bool? IsNull(Value? value) => value is null ? null : Truth(_interpreter.Algebra.IsNull(value));

    /// <summary>Runs a function whose body is known, here and now; false if its body is not known.</summary>
    public bool Run(Function function, Value?[] arguments, IOperation call) => _interpreter.RunFunction(this, function, arguments, call);

    /// <summary>The condition "this value is null, or the default of its struct".</summary>
    public Value NullTest(Value value) => _interpreter.Algebra.IsNull(value);

    public void AssumeNotNull(Value value) => Assume(NullTest(value), sense: false);

    /// <summary>Hands the current state to the handlers around, as if the operation had thrown now.</summary>
    public void RaiseImplicitly() => _interpreter.RaiseImplicitly(this);

    /// <summary>What <paramref name="symbol"/> stood for is an earlier value from now on.</summary>
    public void Renew(Symbol symbol) => Age(symbol);

    public Disjunct<TState> Snapshot() => new(State, Environment, Facts, Path);

    internal void BeginOperation(int operands)
    {
        _operands = _depth - operands;
        Result = null;
    }

    internal void EndOperation(Value? result)
    {
        _depth = _operands;
        if (_depth == _stack.Length)
        {
            Array.Resize(ref _stack, _depth * 2);
        }

        _stack[_depth++] = result;
    }

    internal void ClearStack() => _depth = 0;

    /// <summary>Gives what <paramref name="symbol"/> stood for until now another name, wherever it is still held.</summary>
    private void Age(Symbol symbol)
    {
        bool isInPlace = false;
        for (int i = 0; i < Environment.Count; i++)
        {
            isInPlace |= Environment.ValueAt(i).Mentions(symbol);
        }

        bool held = isInPlace || _interpreter.Domain.Holds(State, symbol);
        for (int i = 0; !held && i < Facts.Count; i++)
        {
            held = Session.Values[Facts.KeyAt(i)].Mentions(symbol);
        }

        if (!held)
        {
            return;
        }

        Symbol earlier = Session.Values.Earlier(symbol);
        bool isShared = false;
        for (int i = Environment.Count - 1; i >= 0; i--)
        {
            Value value = Environment.ValueAt(i);
            isShared |= value.Mentions(earlier);
            if (value.Mentions(symbol))
            {
                Place place = Session.Places[Environment.KeyAt(i)];
                Environment = Environment.With(place.Id, Renamed(value, symbol, earlier, place, place.IsBoolean));
            }
        }

        for (int i = Facts.Count - 1; i >= 0; i--)
        {
            int id = Facts.KeyAt(i);
            if (Session.Values[id].Mentions(symbol) || Session.Values[id].Mentions(earlier))
            {
                Facts = Facts.Without(id);
            }
        }

        for (int i = 0; i < _depth; i++)
        {
            if (_stack[i] is { } value && value.Mentions(symbol))
            {
                _stack[i] = ReferenceEquals(value, symbol) ? earlier : value is Aggregate ? Renamed(value, symbol, earlier, (i, earlier), isBoolean: false) : null;
            }
        }

        State = _interpreter.Domain.Rename(State, symbol, earlier, isInPlace, isShared);
    }

    /// <summary>A value in which a symbol stands for something earlier from now on.</summary>
    private Value Renamed(Value value, Symbol symbol, Symbol earlier, object slot, bool isBoolean)
    {
        if (ReferenceEquals(value, symbol))
        {
            return earlier;
        }

        if (value is Aggregate whole)
        {
            return whole.Select((e, i) => e.Mentions(symbol) ? Renamed(e, symbol, earlier, (slot, i), isBoolean: false) : e);
        }

        // What was called so when this happened before is an earlier value, too.
        Symbol renamed = Session.Values.Site(earlier, slot, isBoolean);
        Age(renamed);
        return renamed;
    }
}
