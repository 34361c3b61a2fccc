using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>Tests of types and patterns: whether a value passes, and what a pattern declares.</summary>
internal sealed class PatternMatcher<TState>(FlowInterpreter<TState> interpreter, Evaluator<TState> evaluator)
    where TState : class, IEquatable<TState>
{
    private readonly FlowProgram _program = interpreter.Program;
    private readonly FlowSession _session = interpreter.Session;
    private readonly ValueAlgebra _algebra = interpreter.Algebra;

    public Value? IsType(Machine<TState> machine, Value? value, ITypeSymbol? from, ITypeSymbol to, IOperation test)
    {
        if (value is null)
        {
            return machine.Fresh(test, null, isBoolean: true);
        }

        if (from is not null && IsAlways(from, to))
        {
            return ValueAlgebra.Not(_algebra.IsNull(value)) ?? machine.Fresh(test, null, isBoolean: true);
        }

        return _algebra.IsType(value, to) ?? machine.Fresh(test, null, isBoolean: true);
    }

    private static bool IsAlways(ITypeSymbol from, ITypeSymbol to)
    {
        if (from is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            return SymbolEqualityComparer.Default.Equals(nullable.TypeArguments[0], to);
        }

        for (ITypeSymbol? type = from; type is not null; type = type.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(type, to))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a value matches a pattern; binds what the pattern declares.</summary>
    public Value? Match(Machine<TState> machine, Value? value, ITypeSymbol? type, IPatternOperation pattern)
    {
        Value? result = null;
        switch (pattern)
        {
            case IDiscardPatternOperation:
                return Constant.True;
            case IConstantPatternOperation constant when constant.Value.ConstantValue.HasValue:
                result = _algebra.Compare(BinaryOperatorKind.Equals, value, Constant.Of(constant.Value.ConstantValue.Value));
                break;
            case IConstantPatternOperation { Value: IDefaultValueOperation }:
                result = value is null ? null : _algebra.IsNull(value);
                break;
            case IRelationalPatternOperation relational when relational.Value.ConstantValue.HasValue && TypeFacts.IsInteger(type):
                result = _algebra.Compare(relational.OperatorKind, value, Constant.Of(relational.Value.ConstantValue.Value));
                break;
            case INegatedPatternOperation negated:
                result = ValueAlgebra.Not(Match(machine, value, type, negated.Pattern));
                break;
            case IBinaryPatternOperation binary:
                Value? left = Match(machine, value, type, binary.LeftPattern);
                Value? right = Match(machine, value, binary.LeftPattern.NarrowedType, binary.RightPattern);
                result = binary.OperatorKind == BinaryOperatorKind.Or ? ValueAlgebra.Or(left, right) : ValueAlgebra.And(left, right);
                break;
            case IDeclarationPatternOperation declaration:
                Bind(machine, declaration.DeclaredSymbol, value, pattern);
                return declaration.MatchesNull || declaration.MatchedType is null
                    ? Constant.True
                    : IsType(machine, value, type, declaration.MatchedType, pattern);
            case ITypePatternOperation test:
                return IsType(machine, value, type, test.MatchedType, pattern);
            case IRecursivePatternOperation recursive:
                Bind(machine, recursive.DeclaredSymbol, value, pattern);
                result = MatchRecursive(machine, value, type, recursive);
                break;
        }

        return result ?? machine.Fresh(pattern, null, isBoolean: true);
    }

    private Value? MatchRecursive(Machine<TState> machine, Value? value, ITypeSymbol? type, IRecursivePatternOperation pattern)
    {
        Value? result = type is { IsValueType: true } and not { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T }
            ? Constant.True
            : IsType(machine, value, type, pattern.MatchedType, pattern);
        ImmutableArray<Value?> elements = Deconstruction.Of(value, pattern.DeconstructSymbol as IMethodSymbol, pattern.DeconstructionSubpatterns.Length);
        for (int i = 0; i < pattern.DeconstructionSubpatterns.Length; i++)
        {
            IPatternOperation part = pattern.DeconstructionSubpatterns[i];
            result = ValueAlgebra.And(result, Match(machine, elements.IsEmpty ? null : elements[i], part.InputType, part));
        }

        foreach (IPropertySubpatternOperation property in pattern.PropertySubpatterns)
        {
            Value? member = null;
            ITypeSymbol? memberType = property.Member.Type;
            if (value is not null)
            {
                switch (property.Member)
                {
                    case IPropertyReferenceOperation { Property: { IsIndexer: false } p }:
                        member = Subject(machine, value, p, p.Type, PureMembers.IsFixed(p));
                        break;
                    case IFieldReferenceOperation { Field: { } f }:
                        member = Subject(machine, value, f, f.Type, f.IsReadOnly || f.ContainingType.IsValueType);
                        break;
                }
            }

            result = ValueAlgebra.And(result, Match(machine, member, memberType, property.Pattern));
        }

        return result;
    }

    private Value? Subject(Machine<TState> machine, Value receiver, ISymbol member, ITypeSymbol type, bool isFixed)
    {
        Value? known = interpreter.Domain.Member(machine, receiver, member) ?? (receiver as Aggregate)?.Part(member);
        if (known is not null)
        {
            return known;
        }

        if (receiver is Aggregate { Rest: { } rest })
        {
            receiver = rest;
        }

        Place memory = _session.Places.Memory;
        Value? generation = isFixed ? null : machine.Read(memory);
        return isFixed || _program.IndexOf(memory.Id) >= 0
            ? _algebra.Derive(ValueAlgebra.MemberRead, member, receiver, generation, type.SpecialType == SpecialType.System_Boolean)
            : null;
    }

    private void Bind(Machine<TState> machine, ISymbol? declared, Value? value, IOperation by)
    {
        if (declared is ILocalSymbol local)
        {
            evaluator.Store(machine, _session.Places.Local(local), value, by);
        }
    }
}
