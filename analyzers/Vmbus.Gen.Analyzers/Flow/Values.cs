using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>What a place or an expression holds, symbolically: equal values are equal at run time.</summary>
internal abstract class Value
{
    /// <summary>Whether the value is, or is computed from, the given symbol.</summary>
    public abstract bool Mentions(Symbol symbol);

    /// <summary>Whether whoever has the value has the given symbol: the symbol itself, or a tuple with it.</summary>
    public virtual bool Holds(Symbol symbol) => ReferenceEquals(this, symbol);
}

/// <summary>A compile-time constant: a number (enums, characters and truth values included), null, or another object.</summary>
internal sealed class Constant : Value
{
    public static readonly Constant Null = new(null, 0, isNumber: false);
    public static readonly Constant True = new(null, 1, isNumber: true);
    public static readonly Constant False = new(null, 0, isNumber: true);

    private Constant(object? other, long number, bool isNumber)
    {
        Other = other;
        Number = number;
        IsNumber = isNumber;
    }

    public object? Other { get; }

    public long Number { get; }

    public bool IsNumber { get; }

    /// <summary>Null, or the default of a struct that stands for nothing.</summary>
    public bool IsNull => !IsNumber && Other is null;

    public static Constant Of(bool value) => value ? True : False;

    public static Constant Of(long number) => number switch
    {
        0 => False,
        1 => True,
        _ => new(null, number, isNumber: true),
    };

    public static Constant Of(object? value) => value switch
    {
        null => Null,
        bool b => Of(b),
        sbyte n => Of((long)n),
        byte n => Of((long)n),
        short n => Of((long)n),
        ushort n => Of((long)n),
        int n => Of((long)n),
        uint n => Of((long)n),
        long n => Of(n),
        ulong n when n <= long.MaxValue => Of((long)n),
        char n => Of((long)n),
        _ => new(value, 0, isNumber: false),
    };

    public override bool Mentions(Symbol symbol) => false;

    public override bool Equals(object? obj)
        => obj is Constant other && other.IsNumber == IsNumber && other.Number == Number && Equals(other.Other, Other);

    public override int GetHashCode() => unchecked((Number.GetHashCode() * 31) + (Other?.GetHashCode() ?? 7));
}

internal enum SymbolKind
{
    /// <summary>What a place held when the analysis began.</summary>
    Entry,

    /// <summary>What an operation yielded when it last ran.</summary>
    Site,

    /// <summary>What an operation yielded before it last ran.</summary>
    Earlier,

    /// <summary>What one of several merged paths left in a place.</summary>
    Merged,

    /// <summary>A function of other values that yields the same for the same: <c>a &lt; b</c>, <c>a is T</c>, <c>a.Length</c>.</summary>
    Derived,
}

/// <summary>A value that is not known but has an identity; interned by <see cref="ValueTable"/>, so compared by reference.</summary>
internal sealed class Symbol : Value
{
    public Symbol(int id, SymbolKind kind, object origin, object? detail, Value? left, Value? right, bool isBoolean)
    {
        Id = id;
        Kind = kind;
        Origin = origin;
        Detail = detail;
        Left = left;
        Right = right;
        IsBoolean = isBoolean;
        Depth = 1 + Math.Max((left as Symbol)?.Depth ?? 0, (right as Symbol)?.Depth ?? 0);
    }

    public int Id { get; }

    public SymbolKind Kind { get; }

    /// <summary>The place, the operation or the function that the value comes from.</summary>
    public object Origin { get; }

    public object? Detail { get; }

    public Value? Left { get; }

    public Value? Right { get; }

    public bool IsBoolean { get; }

    public int Depth { get; }

    /// <summary>The hash under which <see cref="ValueTable"/> finds the symbol, and the next symbol of its bucket.</summary>
    internal int Hash { get; init; }

    internal Symbol? Next { get; set; }

    /// <summary>What the symbol ranges over where nothing else is known.</summary>
    public IntervalSet Range => IsBoolean ? IntervalSet.Boolean : IntervalSet.Full;

    public override bool Mentions(Symbol symbol)
        => ReferenceEquals(this, symbol)
            || (Kind == SymbolKind.Derived && ((Left?.Mentions(symbol) ?? false) || (Right?.Mentions(symbol) ?? false)));
}

/// <summary>"The symbol lies in the set", the atom of what conditions say.</summary>
internal readonly record struct Atom(Symbol Symbol, IntervalSet Set);

/// <summary>A truth value that is known as a conjunction of atoms, or as the negation of one.</summary>
internal sealed class Predicate(ImmutableArray<Atom> atoms, bool negated) : Value
{
    public ImmutableArray<Atom> Atoms { get; } = atoms;

    public bool Negated { get; } = negated;

    public override bool Mentions(Symbol symbol)
    {
        foreach (Atom atom in Atoms)
        {
            if (atom.Symbol.Mentions(symbol))
            {
                return true;
            }
        }

        return false;
    }

    public override bool Equals(object? obj) => obj is Predicate other && other.Negated == Negated && other.Atoms.SequenceEqual(Atoms);

    public override int GetHashCode()
    {
        int hash = Negated ? 1 : 0;
        foreach (Atom atom in Atoms)
        {
            hash = unchecked((((hash * 31) + atom.Symbol.Id) * 31) + atom.Set.GetHashCode());
        }

        return hash;
    }
}

/// <summary>A delegate whose body is known: a lambda, a local function or a method.</summary>
internal sealed class Function(IMethodSymbol method, IFlowAnonymousFunctionOperation? lambda, ControlFlowGraph? owner, Value? instance) : Value
{
    public IMethodSymbol Method { get; } = method;

    /// <summary>The lambda's operation in the graph that creates it; null for a method or local function.</summary>
    public IFlowAnonymousFunctionOperation? Lambda { get; } = lambda;

    /// <summary>The graph in which the function is written, or in a graph around which it is; null for a method.</summary>
    public ControlFlowGraph? Owner { get; } = owner;

    public Value? Instance { get; } = instance;

    /// <summary>The graph of a method that the domain wants to be run inside its caller; its exceptions are those of a call.</summary>
    public ControlFlowGraph? Body { get; init; }

    public override bool Mentions(Symbol symbol) => Instance?.Mentions(symbol) ?? false;

    public override bool Equals(object? obj)
        => obj is Function other && ReferenceEquals(other.Lambda, Lambda) && SymbolEqualityComparer.Default.Equals(other.Method, Method) && Equals(other.Instance, Instance);

    public override int GetHashCode() => SymbolEqualityComparer.Default.GetHashCode(Method);
}

/// <summary>A tuple whose elements are known one by one, or a structure of which some members are.</summary>
internal sealed class Aggregate : Value
{
    /// <summary>Of a structure the members that the elements are, in the same order; the last element stands for all other members.</summary>
    private readonly ImmutableArray<ISymbol> _members;

    public Aggregate(ImmutableArray<Value> elements)
        : this(elements, [])
    {
    }

    public Aggregate(ImmutableArray<Value> elements, ImmutableArray<ISymbol> members)
    {
        Elements = elements;
        _members = members;
    }

    public ImmutableArray<Value> Elements { get; }

    public bool IsStructure => !_members.IsEmpty;

    /// <summary>What members that are not known one by one are read from; null for a tuple, which has none.</summary>
    public Value? Rest => IsStructure ? Elements[Elements.Length - 1] : null;

    /// <summary>The element that a member is; null if it is none.</summary>
    public Value? Part(ISymbol member) => IndexOf(member) is >= 0 and var index ? Elements[index] : null;

    public Value? Part(string member)
    {
        for (int i = 0; i < _members.Length; i++)
        {
            if (_members[i].Name == member)
            {
                return Elements[i];
            }
        }

        return null;
    }

    /// <summary>The same with another value in a member; in what stands for all other members, if it is none of those known.</summary>
    public Aggregate With(ISymbol member, Value value)
    {
        int index = IndexOf(member);
        return new Aggregate(Elements.SetItem(index < 0 ? Elements.Length - 1 : index, value), _members);
    }

    /// <summary>The same with other elements.</summary>
    public Aggregate Select(Func<Value, int, Value> select)
    {
        ImmutableArray<Value>.Builder elements = ImmutableArray.CreateBuilder<Value>(Elements.Length);
        for (int i = 0; i < Elements.Length; i++)
        {
            elements.Add(select(Elements[i], i));
        }

        return new Aggregate(elements.MoveToImmutable(), _members);
    }

    private int IndexOf(ISymbol member)
    {
        for (int i = 0; i < _members.Length; i++)
        {
            if (SymbolEqualityComparer.Default.Equals(_members[i], member))
            {
                return i;
            }
        }

        return !IsStructure && member is IFieldSymbol { ContainingType.IsTupleType: true } element ? IndexInTuple(element) : -1;
    }

    private int IndexInTuple(IFieldSymbol field)
    {
        ImmutableArray<IFieldSymbol> elements = field.ContainingType.TupleElements;
        int index = elements.IndexOf(field, SymbolEqualityComparer.Default);
        if (index < 0 && field.CorrespondingTupleField is { } item)
        {
            for (int i = 0; i < elements.Length; i++)
            {
                if (SymbolEqualityComparer.Default.Equals(elements[i].CorrespondingTupleField, item))
                {
                    index = i;
                }
            }
        }

        return index < Elements.Length ? index : -1;
    }

    public override bool Mentions(Symbol symbol)
    {
        foreach (Value element in Elements)
        {
            if (element.Mentions(symbol))
            {
                return true;
            }
        }

        return false;
    }

    public override bool Holds(Symbol symbol)
    {
        foreach (Value element in Elements)
        {
            if (element.Holds(symbol))
            {
                return true;
            }
        }

        return false;
    }

    public override bool Equals(object? obj) => obj is Aggregate other && other.Elements.SequenceEqual(Elements);

    public override int GetHashCode()
    {
        int hash = Elements.Length;
        foreach (Value element in Elements)
        {
            hash = unchecked((hash * 31) + element.GetHashCode());
        }

        return hash;
    }
}
