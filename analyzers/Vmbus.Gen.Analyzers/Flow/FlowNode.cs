namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>
/// A block in a context, or an exit, with the states that reach it. States with the same domain state are kept apart by what
/// they know up to a small number, then merged: so the work is linear in the number of blocks, and conditions that matter to the
/// domain stay correlated with it.
/// </summary>
internal sealed class FlowNode<TState>(BlockCode code, Continuation? context, ExceptionInfo? exception, long priority)
    where TState : class, IEquatable<TState>
{
    /// <summary>How many states with the same domain state are kept apart.</summary>
    public const int MaximumPerState = 4;

    /// <summary>How many states are kept apart at all.</summary>
    public const int MaximumStates = 16;

    /// <summary>States that know more than this are merged at once: among so many conditions the odd one out is the domain's.</summary>
    private const int MaximumKnowledge = 48;

    /// <summary>After so many changes of one node, states with the same domain state are one.</summary>
    private const int PatientChanges = 24;

    /// <summary>After so many changes of one node, what is known and still changes is forgotten.</summary>
    private const int MaximumChanges = 96;

    private readonly List<Disjunct<TState>> _states = new(1);
    private Disjunct<TState>? _first;
    private Disjunct<TState>? _last;
    private int _changes;

    public BlockCode Code { get; } = code;

    public Continuation? Context { get; } = context;

    /// <summary>The exception that an exit leaves the function with.</summary>
    public ExceptionInfo? Exception { get; } = exception;

    public long Priority { get; } = priority;

    public bool IsQueued { get; set; }

    public IReadOnlyList<Disjunct<TState>> States => _states;

    /// <summary>The next state to run; null when all have been.</summary>
    public Disjunct<TState>? TakePending()
    {
        Disjunct<TState>? next = _first;
        if (next is not null)
        {
            _first = next.Next;
            _last = _first is null ? null : _last;
            next.Next = null;
        }

        return next;
    }

    /// <summary>Adds a state; false if it was known already.</summary>
    public bool Add(Disjunct<TState> incoming, FlowSession session, FlowDomain<TState> domain)
    {
        int same = 0;
        for (int i = 0; i < _states.Count; i++)
        {
            Disjunct<TState> known = _states[i];
            if (!SameKey(known, incoming, session))
            {
                continue;
            }

            same++;
            if (DiffersInMemoryOnly(known, incoming, session))
            {
                Disjunct<TState> joined = Merge(known, incoming, session, domain);
                known.Path = joined.Path;
                if (joined.SameAs(known))
                {
                    return false;
                }

                Replace(i, joined);
                return true;
            }

            if (known.SameAs(incoming) || Subsumes(known, incoming, session))
            {
                known.Path = PathStep.Common(known.Path, incoming.Path);
                return false;
            }

            if (Subsumes(incoming, known, session))
            {
                Replace(i, new Disjunct<TState>(incoming.State, incoming.Environment, incoming.Facts, PathStep.Common(known.Path, incoming.Path)));
                return true;
            }
        }

        bool isPatient = _changes < PatientChanges && incoming.Facts.Count + incoming.Environment.Count <= MaximumKnowledge;
        int limit = isPatient ? MaximumPerState : 1;
        if (same < limit && _states.Count < MaximumStates)
        {
            _changes++;
            _states.Add(incoming);
            Append(incoming);
            return true;
        }

        int partner = FindPartner(incoming, same > 0, session);
        Disjunct<TState> other = _states[partner];
        Disjunct<TState> merged = Merge(other, incoming, session, domain);
        if (merged.SameAs(other))
        {
            other.Path = merged.Path;
            return false;
        }

        Replace(partner, merged);
        return true;
    }

    private static bool SameKey(Disjunct<TState> left, Disjunct<TState> right, FlowSession session)
    {
        if (!left.State.Equals(right.State))
        {
            return false;
        }

        int i = 0;
        int j = 0;
        while (i < left.Environment.Count || j < right.Environment.Count)
        {
            int l = i < left.Environment.Count ? left.Environment.KeyAt(i) : int.MaxValue;
            int r = j < right.Environment.Count ? right.Environment.KeyAt(j) : int.MaxValue;
            bool differ = l != r || !left.Environment.ValueAt(i).Equals(right.Environment.ValueAt(j));
            if (differ && session.Places[Math.Min(l, r)].IsTracked)
            {
                return false;
            }

            i += l <= r ? 1 : 0;
            j += r <= l ? 1 : 0;
        }

        return true;
    }

    /// <summary>Which calls memory has seen keeps no states apart.</summary>
    private static bool DiffersInMemoryOnly(Disjunct<TState> left, Disjunct<TState> right, FlowSession session)
    {
        int memory = session.Places.Memory.Id;
        Value? l = left.Environment.Find(memory);
        Value? r = right.Environment.Find(memory);
        return !Equals(l, r) && left.Environment.Without(memory).SameAs(right.Environment.Without(memory)) && left.Facts.SameAs(right.Facts);
    }

    /// <summary>Whether <paramref name="weak"/> holds wherever <paramref name="strong"/> does.</summary>
    private static bool Subsumes(Disjunct<TState> weak, Disjunct<TState> strong, FlowSession session)
    {
        for (int i = 0; i < weak.Facts.Count; i++)
        {
            Symbol symbol = session.Values[weak.Facts.KeyAt(i)];
            if (!(strong.Facts.Find(symbol.Id) ?? symbol.Range).IsSubsetOf(weak.Facts.ValueAt(i)))
            {
                return false;
            }
        }

        return weak.Environment.SameAs(strong.Environment);
    }

    private void Replace(int index, Disjunct<TState> replacement)
    {
        _changes++;
        _states[index].IsObsolete = true;
        _states[index] = replacement;
        Append(replacement);
        for (int i = _states.Count - 1; i >= 0; i--)
        {
            if (i != index && _states[i].SameAs(replacement))
            {
                _states[i].IsObsolete = true;
                _states.RemoveAt(i);
                index -= i < index ? 1 : 0;
            }
        }
    }

    private void Append(Disjunct<TState> state)
    {
        if (_last is null)
        {
            _first = state;
        }
        else
        {
            _last.Next = state;
        }

        _last = state;
    }

    /// <summary>The state that loses least when it is merged with another one.</summary>
    private int FindPartner(Disjunct<TState> incoming, bool mustBeSame, FlowSession session)
    {
        int best = 0;
        int least = int.MaxValue;
        for (int i = 0; i < _states.Count; i++)
        {
            if (mustBeSame && !SameKey(_states[i], incoming, session))
            {
                continue;
            }

            int loss = Differences(_states[i].Environment, incoming.Environment) + Differences(_states[i].Facts, incoming.Facts);
            if (loss < least)
            {
                least = loss;
                best = i;
            }
        }

        return best;
    }

    private static int Differences<T>(SmallMap<T> left, SmallMap<T> right)
        where T : class
    {
        int differences = 0;
        int i = 0;
        int j = 0;
        while (i < left.Count || j < right.Count)
        {
            int l = i < left.Count ? left.KeyAt(i) : int.MaxValue;
            int r = j < right.Count ? right.KeyAt(j) : int.MaxValue;
            differences += l == r && left.ValueAt(i).Equals(right.ValueAt(j)) ? 0 : 1;
            i += l <= r ? 1 : 0;
            j += r <= l ? 1 : 0;
        }

        return differences;
    }

    /// <summary>What holds on either side; places that differ get a symbol of this node. Linear in what is known.</summary>
    private Disjunct<TState> Merge(Disjunct<TState> left, Disjunct<TState> right, FlowSession session, FlowDomain<TState> domain)
    {
        HashSet<int>? fresh = null;
        List<(Place Place, Symbol Merged, Value Left, Value Right)>? followed = null;
        var known = new SortedDictionary<int, IntervalSet>();
        SmallMap<Value> environment = SmallMap<Value>.Merge(left.Environment, right.Environment, (id, l, r) =>
        {
            Place place = session.Places[id];
            l ??= session.Values.Entry(place);
            r ??= session.Values.Entry(place);
            if (l.Equals(r))
            {
                return l;
            }

            Symbol merged = session.Values.Merged(this, place);
            if (place.IsTracked || place.IsFollowed)
            {
                (followed ??= []).Add((place, merged, l, r));
            }

            (fresh ??= []).Add(merged.Id);
            if (RangeOf(l, left) is { } from && RangeOf(r, right) is { } to && Keep(merged, from, to) is { } both)
            {
                known[merged.Id] = both;
            }

            return merged;
        });
        SmallMap<IntervalSet> facts = SmallMap<IntervalSet>.Merge(left.Facts, right.Facts, (id, l, r) =>
            l is null || r is null || (fresh?.Contains(id) ?? false) ? null : Keep(session.Values[id], l, r));
        if (fresh is not null)
        {
            facts = SmallMap<IntervalSet>.Merge(facts, SmallMap<IntervalSet>.Of(known), static (_, l, r) => r ?? l);
            (environment, facts) = ForgetStale(environment, facts, fresh, session);
        }

        TState state = left.State.Equals(right.State) ? left.State : domain.Join(left.State, right.State);
        foreach (int id in fresh ?? [])
        {
            state = domain.RenameDerived(state, session.Values[id]);
        }

        foreach ((Place place, Symbol merged, Value l, Value r) in followed ?? [])
        {
            state = domain.Merged(state, place, merged, (left.State, l), (right.State, r));
        }

        return new Disjunct<TState>(state, environment, facts, PathStep.Common(left.Path, right.Path));
    }

    /// <summary>What else still speaks of a symbol that now stands for something new.</summary>
    private (SmallMap<Value> Environment, SmallMap<IntervalSet> Facts) ForgetStale(
        SmallMap<Value> environment,
        SmallMap<IntervalSet> facts,
        HashSet<int> fresh,
        FlowSession session)
    {
        for (int i = 0; i < environment.Count; i++)
        {
            Place place = session.Places[environment.KeyAt(i)];
            Value value = environment.ValueAt(i);
            bool isOwn = value is Symbol { Kind: SymbolKind.Merged } symbol && ReferenceEquals(symbol.Origin, this) && ReferenceEquals(symbol.Detail, place);
            if (!isOwn && MentionsAny(value, fresh))
            {
                Symbol merged = session.Values.Merged(this, place);
                environment = environment.With(place.Id, merged);
                facts = facts.Without(merged.Id);
            }
        }

        for (int i = facts.Count - 1; i >= 0; i--)
        {
            Symbol known = session.Values[facts.KeyAt(i)];
            if (known.Kind == SymbolKind.Derived && MentionsAny(known, fresh))
            {
                facts = facts.Without(known.Id);
            }
        }

        return (environment, facts);
    }

    private static bool MentionsAny(Value? value, HashSet<int> symbols) => value switch
    {
        Symbol { Kind: SymbolKind.Derived } derived => MentionsAny(derived.Left, symbols) || MentionsAny(derived.Right, symbols),
        Symbol symbol => symbols.Contains(symbol.Id),
        Predicate predicate => predicate.Atoms.Any(a => MentionsAny(a.Symbol, symbols)),
        Aggregate tuple => tuple.Elements.Any(e => MentionsAny(e, symbols)),
        Function function => MentionsAny(function.Instance, symbols),
        _ => false,
    };

    /// <summary>What is known of a symbol that lies in either set; null if that is nothing, or keeps growing.</summary>
    private IntervalSet? Keep(Symbol symbol, IntervalSet left, IntervalSet right)
    {
        if (_changes >= MaximumChanges && !left.Equals(right))
        {
            return null;
        }

        IntervalSet union = left.Union(right);
        return union.Equals(symbol.Range) || union.IsFull ? null : union;
    }

    private static IntervalSet? RangeOf(Value value, Disjunct<TState> where) => value switch
    {
        Constant { IsNumber: true } constant => IntervalSet.Of(constant.Number),
        Symbol symbol => where.Facts.Find(symbol.Id),
        _ => null,
    };
}
