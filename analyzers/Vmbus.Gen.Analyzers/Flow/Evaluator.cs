using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>The engine's own reading of an operation: what it yields and which places it changes.</summary>
internal sealed class Evaluator<TState>
    where TState : class, IEquatable<TState>
{
    private static readonly object UnaryFunction = new();
    private static readonly object BinaryFunction = new();
    private static readonly object ConversionFunction = new();

    private readonly FlowProgram _program;
    private readonly FlowSession _session;
    private readonly ValueAlgebra _algebra;
    private readonly PatternMatcher<TState> _patterns;

    public Evaluator(FlowInterpreter<TState> interpreter)
    {
        _program = interpreter.Program;
        _session = interpreter.Session;
        _algebra = interpreter.Algebra;
        _patterns = new PatternMatcher<TState>(interpreter, this);
    }

    public Value? Evaluate(Machine<TState> machine, IOperation operation)
    {
        if (operation.ConstantValue is { HasValue: true } constant && operation is not IAssignmentOperation)
        {
            return Constant.Of(constant.Value);
        }

        // By kind and not by interface: this is asked of each operation on each path.
        switch (operation.Kind)
        {
            case OperationKind.FieldReference or OperationKind.PropertyReference or OperationKind.LocalReference or OperationKind.ParameterReference
                or OperationKind.FlowCaptureReference:
                return Read(machine, operation);
            case OperationKind.ExpressionStatement or OperationKind.Parenthesized or OperationKind.DeclarationExpression or OperationKind.DelegateCreation or OperationKind.With:
                return machine.OperandCount > 0 ? machine.Operand(0) : null;
            case OperationKind.Argument or OperationKind.InterpolatedString:
                return null;
            case OperationKind.InstanceReference:
                return _session.Values.Site(typeof(IInstanceReferenceOperation), ((IInstanceReferenceOperation)operation).ReferenceKind, isBoolean: false);
            case OperationKind.DefaultValue:
                return operation.Type switch
                {
                    { IsReferenceType: true } => Constant.Null,
                    { TypeKind: TypeKind.Enum } => Constant.Of(0L),
                    { } number when TypeFacts.IsNumber(number) => Constant.Of(0L),
                    _ => Constant.Null,
                };
            case OperationKind.FlowCapture:
                var capture = (IFlowCaptureOperation)operation;
                Store(machine, _session.Places.Capture(capture.Id, capture.Value.Type), machine.Operand(0), operation);
                return null;
            case OperationKind.SimpleAssignment:
                Assign(machine, ((ISimpleAssignmentOperation)operation).Target, machine.Operand(1), operation);
                return machine.Operand(1);
            case OperationKind.CompoundAssignment:
                var compound = (ICompoundAssignmentOperation)operation;
                return compound.OperatorMethod is { IsStatic: false } changing ? Change(machine, compound.Target, changing, operation)
                    : StepOf(machine, compound) is { } step
                    ? Count(machine, compound.Target, step, compound)
                    : Assign(machine, compound.Target, CompoundValue(machine, compound), operation);
            case OperationKind.Increment or OperationKind.Decrement:
                var increment = (IIncrementOrDecrementOperation)operation;
                Value? counted = increment.OperatorMethod is { IsStatic: false } counting ? Change(machine, increment.Target, counting, increment)
                    : increment.OperatorMethod is null ? Count(machine, increment.Target, increment.Kind == OperationKind.Increment ? 1 : -1, increment)
                    : Assign(machine, increment.Target, null, increment);
                return increment.IsPostfix ? machine.Operand(0) : counted;
            case OperationKind.DeconstructionAssignment:
                var deconstruction = (IDeconstructionAssignmentOperation)operation;
                Deconstruct(machine, deconstruction.Target, machine.Operand(1), deconstruction.Value.Type, operation);
                return machine.Operand(1);
            case OperationKind.FlowAnonymousFunction:
                var lambda = (IFlowAnonymousFunctionOperation)operation;
                return new Function(lambda.Symbol, lambda, _program.Graph, null);
            case OperationKind.MethodReference:
                return new Function(((IMethodReferenceOperation)operation).Method, null, _program.Graph, machine.OperandCount > 0 ? machine.Operand(0) : null);
            case OperationKind.Tuple:
                return Tuple(machine, (ITupleOperation)operation);
            case OperationKind.Unary when ((IUnaryOperation)operation) is { OperatorMethod: null } unary:
                return unary.OperatorKind == UnaryOperatorKind.Not ? ValueAlgebra.Not(machine.Operand(0))
                    : machine.Operand(0) is { } operand ? _algebra.Derive(UnaryFunction, unary.OperatorKind, operand, null, TypeFacts.IsBoolean(unary))
                    : null;
            case OperationKind.Binary:
                return Binary(machine, (IBinaryOperation)operation);
            case OperationKind.Conversion:
                return Convert(machine, (IConversionOperation)operation);
            case OperationKind.IsNull:
                return machine.Operand(0) is { } tested ? _algebra.IsNull(tested) : machine.Fresh(operation, null, isBoolean: true);
            case OperationKind.IsType:
                var test = (IIsTypeOperation)operation;
                return _patterns.IsType(machine, machine.Operand(0), test.ValueOperand.Type, test.TypeOperand, test);
            case OperationKind.IsPattern:
                var pattern = (IIsPatternOperation)operation;
                return _patterns.Match(machine, machine.Operand(0), pattern.Value.Type, pattern.Pattern);
            case OperationKind.ObjectCreation or OperationKind.ArrayCreation or OperationKind.AnonymousObjectCreation:
                Symbol created = machine.Fresh(operation, null, isBoolean: false);
                machine.Assume(_algebra.IsNull(created), sense: false);
                return created;
            case OperationKind.Invocation:
                return Answer(machine, (IInvocationOperation)operation);
            default:
                return Unknown(machine, operation);
        }
    }

    private static Value? Unknown(Machine<TState> machine, IOperation operation)
        => operation.Type is { SpecialType: not SpecialType.System_Void } type
            ? machine.Fresh(operation, null, type.SpecialType == SpecialType.System_Boolean)
            : null;

    private Value? Answer(Machine<TState> machine, IInvocationOperation invocation)
    {
        IMethodSymbol method = invocation.TargetMethod;
        return method.Name switch
        {
            "HasFlag" when method.ContainingType.SpecialType == SpecialType.System_Enum && machine.OperandCount == 2 && machine.Operand(0) is { } flags && machine.Operand(1) is { } flag
                => _algebra.Derive(BinaryFunction, "HasFlag", flags, flag, isBoolean: true),
            "GetValueOrDefault" when method.ContainingType.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T => machine.Operand(0),
            _ => Unknown(machine, invocation),
        };
    }

    /// <summary>Puts a value into the place that <paramref name="target"/> names; a value that is not followed becomes a new one.</summary>
    public Value? Assign(Machine<TState> machine, IOperation target, Value? value, IOperation by)
    {
        if (_program.TargetOf(target) is { } place)
        {
            return Store(machine, place, value, by);
        }

        // A member of a struct that a place holds: the struct is another value now.
        for (IOperation? inner = target; inner is not null;)
        {
            (inner, ISymbol? member) = inner switch
            {
                IFieldReferenceOperation { Instance: { Type.IsValueType: true } instance, Field: { } field } => (instance, (ISymbol?)field),
                IPropertyReferenceOperation { Instance: { Type.IsValueType: true } instance, Property: { } property } when IsInside(property) => (instance, (ISymbol?)property),
                _ => ((IOperation?)null, (ISymbol?)null),
            };
            if (inner is not null && _program.TargetOf(inner) is { } root)
            {
                Store(machine, root, Changed(machine, root, member!, ReferenceEquals((target as IMemberReferenceOperation)?.Instance, inner) ? value : null, by), by);
                return value;
            }
        }

        if (target is IFieldReferenceOperation or IPropertyReferenceOperation or IArrayElementReferenceOperation)
        {
            Place memory = _session.Places.Memory;
            if (_program.IndexOf(memory.Id) >= 0)
            {
                machine.Write(memory, machine.Fresh(by, memory, isBoolean: false));
            }
        }

        return value;
    }

    /// <summary>What a place holds once a member of it has changed, if its parts are known one by one; null if nothing is known of it.</summary>
    /// <param name="machine">The path.</param>
    /// <param name="root">The place.</param>
    /// <param name="member">The member of it that has changed, or a part of which has.</param>
    /// <param name="value">What the member holds now; null if that is not known.</param>
    /// <param name="by">What changes it.</param>
    private static Aggregate? Changed(Machine<TState> machine, Place root, ISymbol member, Value? value, IOperation by)
        => machine.Environment.Find(root.Id) is Aggregate whole
            ? whole.Part(member) is Aggregate && value is null ? whole : whole.With(member, value ?? machine.Fresh(by, root, isBoolean: false))
            : null;

    /// <summary>Whether a property that is set is a part of its structure: one of an extension block gets a copy, unless it asks for the variable.</summary>
    private static bool IsInside(IPropertySymbol property)
        => !ExtensionBlocks.Contain(property) || (property.SetMethod is { } setter && ExtensionBlocks.ReceiverOf(setter) is { RefKind: RefKind.Ref });

    /// <summary>
    /// Counts: exactly from 0 on up to 1, beyond that only how large it is at least. So the first round of a loop is told from the later ones,
    /// and no loop is run more often than three times for its counter.
    /// </summary>
    private Value? Count(Machine<TState> machine, IOperation target, long step, IOperation by)
    {
        Value? next = null;
        IntervalSet? least = null;
        if (target.Type is { } type && TypeFacts.IsWideInteger(type) && _program.TargetOf(target) is { } place && _program.Follows(place))
        {
            IntervalSet before = machine.RangeOf(machine.Operand(0));
            if (before.Minimum == before.Maximum && before.Minimum + step is 0 or 1)
            {
                next = Constant.Of(before.Minimum + step);
            }
            else if (step > 0 && before.Minimum >= 0)
            {
                least = IntervalSet.GreaterThan(Math.Min(before.Minimum, 1));
            }
        }

        next = Assign(machine, target, next, by);
        if (least is not null && next is Symbol symbol)
        {
            machine.Constrain(symbol, least);
        }

        return next;
    }

    /// <summary>By how much an assignment counts; null if it does not.</summary>
    private static long? StepOf(Machine<TState> machine, ICompoundAssignmentOperation compound)
        => compound is { OperatorMethod: null, OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract } && machine.Operand(1) is Constant { IsNumber: true, Number: 1 }
            ? compound.OperatorKind == BinaryOperatorKind.Add ? 1 : -1
            : null;

    /// <summary>An operator that changes what it is applied to, instead of making another value of it: an object is the same afterwards.</summary>
    private Value? Change(Machine<TState> machine, IOperation target, IMethodSymbol method, IOperation by)
        => target.Type is { IsReferenceType: true } || (ExtensionBlocks.ReceiverOf(method) is { } receiver && _session.Tracks(receiver.Type))
            ? machine.Operand(0)
            : Assign(machine, target, null, by);

    public Value? Store(Machine<TState> machine, Place place, Value? value, IOperation by)
    {
        if (!_program.Follows(place))
        {
            // Nothing that the place decides is ever asked for.
            return value;
        }

        value ??= machine.Fresh(by, place, place.IsBoolean);
        machine.Write(place, value);
        return value;
    }

    private static Value? CompoundValue(Machine<TState> machine, ICompoundAssignmentOperation compound)
        => IsCombination(compound.Type, compound.OperatorKind) ? Combine(machine.Operand(0), machine.Operand(1))
            : compound is { OperatorMethod: null, Type.SpecialType: SpecialType.System_Boolean }
            ? compound.OperatorKind switch
            {
                BinaryOperatorKind.Or => ValueAlgebra.Or(machine.Operand(0), machine.Operand(1)),
                BinaryOperatorKind.And => ValueAlgebra.And(machine.Operand(0), machine.Operand(1)),
                _ => null,
            }
            : null;

    private static bool IsCombination(ITypeSymbol? type, BinaryOperatorKind kind) => kind == BinaryOperatorKind.Add && type?.TypeKind == TypeKind.Delegate;

    /// <summary>Delegates that are invoked as one, after each other.</summary>
    private static Value? Combine(Value? left, Value? right)
        => left is null || right is null || left is Constant ? right : right is Constant ? left : new Aggregate([left, right]);

    private void Deconstruct(Machine<TState> machine, IOperation target, Value? value, ITypeSymbol? type, IOperation by)
    {
        if (target is IDeclarationExpressionOperation { Expression: ITupleOperation declared })
        {
            target = declared;
        }

        if (target is ITupleOperation tuple)
        {
            ImmutableArray<Value?> elements = Deconstruction.Of(value, type, tuple.Elements.Length);
            for (int i = 0; i < tuple.Elements.Length; i++)
            {
                Deconstruct(machine, tuple.Elements[i], elements.IsEmpty ? null : elements[i], tuple.Elements[i].Type, by);
            }
        }
        else
        {
            Assign(machine, target, value, by);
        }
    }

    private static Value? Tuple(Machine<TState> machine, ITupleOperation tuple)
    {
        ImmutableArray<Value>.Builder elements = ImmutableArray.CreateBuilder<Value>(tuple.Elements.Length);
        for (int i = 0; i < tuple.Elements.Length; i++)
        {
            elements.Add(machine.Operand(i) ?? machine.Fresh(tuple, i, TypeFacts.IsBoolean(tuple.Elements[i])));
        }

        return new Aggregate(elements.MoveToImmutable());
    }

    private Value? Binary(Machine<TState> machine, IBinaryOperation binary)
    {
        Value? left = machine.Operand(0);
        Value? right = machine.Operand(1);
        Value? result = null;
        if (binary.OperatorMethod is { } method)
        {
            // Operators of structs that stand for a thing (equality with its default) are tests; others are calls.
            bool isTest = method.Name is "op_Equality" or "op_Inequality" && (left is Constant { IsNull: true } || right is Constant { IsNull: true });
            if (!isTest && method.ContainingType.SpecialType == SpecialType.None)
            {
                return machine.Fresh(binary, null, TypeFacts.IsBoolean(binary));
            }
        }

        switch (binary.OperatorKind)
        {
            case BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals or BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual
                or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual:
                bool isFloat = binary.LeftOperand.Type?.SpecialType is SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Decimal;
                result = isFloat ? null : _algebra.Compare(binary.OperatorKind, left, right);
                break;
            case BinaryOperatorKind.And or BinaryOperatorKind.ConditionalAnd when TypeFacts.IsBoolean(binary):
                result = ValueAlgebra.And(left, right);
                break;
            case BinaryOperatorKind.Or or BinaryOperatorKind.ConditionalOr when TypeFacts.IsBoolean(binary):
                result = ValueAlgebra.Or(left, right);
                break;
            case BinaryOperatorKind.Add when IsCombination(binary.Type, binary.OperatorKind):
                result = Combine(left, right);
                break;
            default:
                result = left is not null && right is not null ? _algebra.Derive(BinaryFunction, binary.OperatorKind, left, right, TypeFacts.IsBoolean(binary)) : null;
                break;
        }

        return result ?? machine.Fresh(binary, null, TypeFacts.IsBoolean(binary));
    }

    private Value? Convert(Machine<TState> machine, IConversionOperation conversion)
    {
        Value? operand = machine.Operand(0);
        if (conversion.OperatorMethod is not null)
        {
            return machine.Fresh(conversion, null, TypeFacts.IsBoolean(conversion));
        }

        ITypeSymbol? from = conversion.Operand.Type;
        ITypeSymbol? to = conversion.Type;
        bool keeps = conversion.Conversion.IsIdentity || conversion.Conversion.IsReference || conversion.Conversion.IsNullable
            || conversion.Operand.Type is null
            || (TypeFacts.IsInteger(from) && TypeFacts.IsInteger(to) && Keeps(from!, to!, operand, machine))
            || to?.TypeKind == TypeKind.Delegate
            || !(TypeFacts.IsInteger(from) || TypeFacts.IsInteger(to));
        if (keeps || operand is null)
        {
            return operand ?? machine.Fresh(conversion, null, TypeFacts.IsBoolean(conversion));
        }

        return _algebra.Derive(ConversionFunction, to, operand, null, TypeFacts.IsBoolean(conversion)) ?? machine.Fresh(conversion, null, TypeFacts.IsBoolean(conversion));
    }

    /// <summary>Whether an integer keeps its value: a wider type, the type below an enum, or a constant that fits.</summary>
    private static bool Keeps(ITypeSymbol from, ITypeSymbol to, Value? value, Machine<TState> machine)
    {
        if (TypeFacts.Contains(to, from))
        {
            return true;
        }

        (long low, long high) = TypeFacts.Limits(to);
        IntervalSet range = machine.RangeOf(value);
        return !range.IsEmpty && range.Minimum >= low && range.Maximum <= high;
    }

    private Value? Read(Machine<TState> machine, IOperation operation)
    {
        if (_program.PlaceOf(operation) is { } place)
        {
            return _program.Follows(place) || machine.Environment.Find(place.Id) is not null || place.Kind == PlaceKind.Parameter ? machine.Read(place) : null;
        }

        switch (operation)
        {
            case IPropertyReferenceOperation { Property: { Name: "Value", ContainingType.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } }:
                return machine.Operand(0);
            case IPropertyReferenceOperation { Property: { Name: "HasValue", ContainingType.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } }:
                return machine.Operand(0) is { } nullable ? ValueAlgebra.Not(_algebra.IsNull(nullable)) : null;
            case IFieldReferenceOperation { Field: { } field } reference:
                return Part(machine, field) ?? Member(machine, reference.Instance, field, field.Type, field.IsReadOnly || field.ContainingType.IsValueType);
            case IPropertyReferenceOperation { Property: { IsIndexer: false } property } reference:
                return Part(machine, property)
                    ?? Member(machine, reference.Instance, property, property.Type, PureMembers.IsFixed(property))
                    ?? machine.Fresh(operation, null, TypeFacts.IsBoolean(operation));
            default:
                return machine.Fresh(operation, null, TypeFacts.IsBoolean(operation));
        }
    }

    private static Value? Part(Machine<TState> machine, ISymbol member) => machine.OperandCount > 0 && machine.Operand(0) is Aggregate whole ? whole.Part(member) : null;

    /// <summary>A member of a value: the same as long as the value is the same and, unless it is fixed, memory has not changed.</summary>
    private Value? Member(Machine<TState> machine, IOperation? instance, ISymbol member, ITypeSymbol type, bool isFixed)
    {
        if (instance is null || machine.Operand(0) is not { } receiver)
        {
            return null;
        }

        if (receiver is Aggregate { Rest: { } rest })
        {
            receiver = rest;
        }

        if (_program.PlaceOf(instance) is { } place && _program.IsMutated(place) && !_program.Follows(place))
        {
            // Which of its values the structure has now is not known.
            return null;
        }

        Value? generation = null;
        if (!isFixed)
        {
            Place memory = _session.Places.Memory;
            if (_program.IndexOf(memory.Id) < 0)
            {
                return null;
            }

            generation = machine.Read(memory);
        }

        return _algebra.Derive(ValueAlgebra.MemberRead, member, receiver, generation, type.SpecialType == SpecialType.System_Boolean);
    }
}
