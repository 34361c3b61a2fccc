using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>Builds the truth values of comparisons, tests and their combinations.</summary>
internal sealed class ValueAlgebra(ValueTable values)
{
    /// <summary>A computation nested deeper than this is not followed: loops would let it grow without end.</summary>
    private const int MaximumDepth = 4;

    /// <summary>The function that reads a member of a value.</summary>
    public static readonly object MemberRead = new();

    private static readonly object NullTest = new();
    private static readonly object TypeTest = new();
    private static readonly object SameTest = new();
    private static readonly object LessTest = new();

    public static bool IsNullTest(Symbol symbol) => ReferenceEquals(symbol.Origin, NullTest);

    public static bool IsTypeTest(Symbol symbol) => ReferenceEquals(symbol.Origin, TypeTest);

    /// <summary>A function of one or two values; null if it would nest too deep.</summary>
    public Symbol? Derive(object function, object? detail, Value left, Value? right, bool isBoolean)
        => Math.Max((left as Symbol)?.Depth ?? 0, (right as Symbol)?.Depth ?? 0) >= MaximumDepth || left is Predicate || right is Predicate
            ? null
            : values.Derived(function, detail, left, right, isBoolean);

    public Value IsNull(Value value) => value switch
    {
        Constant constant => Constant.Of(constant.IsNull),
        Symbol symbol => (Value?)Derive(NullTest, null, symbol, null, isBoolean: true) ?? Constant.Null,
        _ => Constant.False,
    };

    public Value? IsType(Value value, ITypeSymbol type) => value is Symbol symbol ? Derive(TypeTest, type, symbol, null, isBoolean: true) : null;

    /// <summary>Whether a symbol lies in a set.</summary>
    public static Value In(Symbol symbol, IntervalSet set)
    {
        set = set.Intersect(symbol.Range);
        return set.IsEmpty ? Constant.False : set.Equals(symbol.Range) ? Constant.True : new Predicate([new Atom(symbol, set)], negated: false);
    }

    public static Value? Not(Value? value) => value switch
    {
        Constant { IsNumber: true } constant => Constant.Of(constant.Number == 0),
        Symbol { IsBoolean: true } symbol => In(symbol, IntervalSet.False),
        Predicate { Negated: false, Atoms: [var atom] } => In(atom.Symbol, atom.Set.Complement()),
        Predicate predicate => new Predicate(predicate.Atoms, !predicate.Negated),
        _ => null,
    };

    public static Value? And(Value? left, Value? right)
    {
        if (left is Constant { IsNumber: true } l)
        {
            return l.Number == 0 ? Constant.False : right;
        }

        if (right is Constant { IsNumber: true } r)
        {
            return r.Number == 0 ? Constant.False : left;
        }

        if (AtomsOf(left) is not { } first || AtomsOf(right) is not { } second)
        {
            return null;
        }

        ImmutableArray<Atom>.Builder atoms = ImmutableArray.CreateBuilder<Atom>(first.Length + second.Length);
        atoms.AddRange(first);
        foreach (Atom atom in second)
        {
            int same = -1;
            for (int i = 0; i < atoms.Count; i++)
            {
                if (ReferenceEquals(atoms[i].Symbol, atom.Symbol))
                {
                    same = i;
                }
            }

            if (same < 0)
            {
                atoms.Add(atom);
                continue;
            }

            IntervalSet set = atoms[same].Set.Intersect(atom.Set);
            if (set.IsEmpty)
            {
                return Constant.False;
            }

            atoms[same] = new Atom(atom.Symbol, set);
        }

        return new Predicate(atoms.ToImmutable(), negated: false);
    }

    public static Value? Or(Value? left, Value? right) => Not(And(Not(left), Not(right)));

    public Value? Compare(BinaryOperatorKind kind, Value? left, Value? right)
    {
        if (left is null || right is null)
        {
            return null;
        }

        if (left is Constant && right is not Constant)
        {
            (left, right) = (right, left);
            kind = kind switch
            {
                BinaryOperatorKind.LessThan => BinaryOperatorKind.GreaterThan,
                BinaryOperatorKind.LessThanOrEqual => BinaryOperatorKind.GreaterThanOrEqual,
                BinaryOperatorKind.GreaterThan => BinaryOperatorKind.LessThan,
                BinaryOperatorKind.GreaterThanOrEqual => BinaryOperatorKind.LessThanOrEqual,
                _ => kind,
            };
        }

        if (kind == BinaryOperatorKind.NotEquals)
        {
            return Not(Compare(BinaryOperatorKind.Equals, left, right));
        }

        return right is Constant constant ? CompareWith(kind, left, constant) : CompareUnknown(kind, left, right);
    }

    private static ImmutableArray<Atom>? AtomsOf(Value? value) => value switch
    {
        Symbol { IsBoolean: true } symbol => [new Atom(symbol, IntervalSet.True)],
        Predicate { Negated: false } predicate => predicate.Atoms,
        _ => null,
    };

    private Value? CompareWith(BinaryOperatorKind kind, Value left, Constant right)
    {
        if (right.IsNull)
        {
            return kind == BinaryOperatorKind.Equals ? IsNull(left) : null;
        }

        if (!right.IsNumber)
        {
            return kind != BinaryOperatorKind.Equals ? null
                : left is Constant other ? Constant.Of(other.Equals(right))
                : Derive(SameTest, null, left, right, isBoolean: true);
        }

        long number = right.Number;
        IntervalSet? set = kind switch
        {
            BinaryOperatorKind.Equals => IntervalSet.Of(number),
            BinaryOperatorKind.LessThan => IntervalSet.LessThan(number),
            BinaryOperatorKind.LessThanOrEqual => IntervalSet.Between(long.MinValue, number),
            BinaryOperatorKind.GreaterThan => IntervalSet.GreaterThan(number),
            BinaryOperatorKind.GreaterThanOrEqual => IntervalSet.Between(number, long.MaxValue),
            _ => null,
        };
        if (set is null)
        {
            return null;
        }

        return left switch
        {
            Constant { IsNumber: true } constant => Constant.Of(set.Contains(constant.Number)),
            Constant { IsNull: true } => Constant.False,
            Symbol symbol => In(symbol, set),
            Predicate predicate => (set.Contains(0), set.Contains(1)) switch
            {
                (true, true) => Constant.True,
                (false, false) => Constant.False,
                (false, true) => predicate,
                (true, false) => Not(predicate),
            },
            _ => null,
        };
    }

    private Value? CompareUnknown(BinaryOperatorKind kind, Value left, Value right)
    {
        switch (kind)
        {
            case BinaryOperatorKind.Equals:
                if (left is Symbol a && right is Symbol b)
                {
                    return ReferenceEquals(a, b) ? Constant.True
                        : a.Id < b.Id ? Derive(SameTest, null, a, b, isBoolean: true)
                        : Derive(SameTest, null, b, a, isBoolean: true);
                }

                return null;
            case BinaryOperatorKind.LessThan:
                return Derive(LessTest, null, left, right, isBoolean: true);
            case BinaryOperatorKind.GreaterThan:
                return Derive(LessTest, null, right, left, isBoolean: true);
            case BinaryOperatorKind.LessThanOrEqual:
                return Not(Derive(LessTest, null, right, left, isBoolean: true));
            case BinaryOperatorKind.GreaterThanOrEqual:
                return Not(Derive(LessTest, null, left, right, isBoolean: true));
            default:
                return null;
        }
    }
}
