using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>Operations that run code of some type though no call is written in them.</summary>
internal static class ImpliedCode
{
    /// <summary>Whether what an operation runs, or what it refuses, cannot be known from what is written: texts of whatever is given, unboxing, sequences that are spread.</summary>
    public static bool IsUnknown(IOperation operation) => operation.Kind switch
    {
        OperationKind.InterpolatedString => ((IInterpolatedStringOperation)operation).Parts.Any(static p => p is IInterpolationOperation hole && !IsPlainText(hole.Expression)),
        OperationKind.Binary when operation.Type?.SpecialType == SpecialType.System_String
            => ((IBinaryOperation)operation) is var joined && !(IsPlainText(joined.LeftOperand) && IsPlainText(joined.RightOperand)),
        OperationKind.CompoundAssignment when operation.Type?.SpecialType == SpecialType.System_String => !IsPlainText(((ICompoundAssignmentOperation)operation).Value),
        OperationKind.Conversion => operation is IConversionOperation { IsImplicit: false, IsTryCast: false, OperatorMethod: null, Type.IsValueType: true, Operand.Type.IsReferenceType: true },
        OperationKind.CollectionExpression => ((ICollectionExpressionOperation)operation).Elements.Any(static e => e is ISpreadOperation { Operand.Type: not IArrayTypeSymbol }),
        _ => false,
    };

    /// <summary>Whether taking a value apart calls a method that somebody wrote. Those of records and of the framework copy fields.</summary>
    public static bool RunsIn(IDeconstructionAssignmentOperation deconstruction) => TakesApart(deconstruction.Target, deconstruction.Value);

    /// <summary>Whether a test of a pattern calls something that somebody wrote.</summary>
    public static bool RunsIn(IPatternOperation pattern)
    {
        switch (pattern)
        {
            case INegatedPatternOperation negated:
                return RunsIn(negated.Pattern);
            case IBinaryPatternOperation binary:
                return RunsIn(binary.LeftPattern) || RunsIn(binary.RightPattern);
            case IRecursivePatternOperation recursive:
                return (recursive.DeconstructSymbol is IMethodSymbol method && IsWritten(method))
                    || recursive.DeconstructionSubpatterns.Any(static p => RunsIn(p))
                    || recursive.PropertySubpatterns.Any(static p => (p.Member is IPropertyReferenceOperation { Property: { } read } && !PureMembers.IsTrivialGetter(read)) || RunsIn(p.Pattern));
            case IListPatternOperation list:
                return IsWritten(list.IndexerSymbol) || IsWritten(list.LengthSymbol) || list.Patterns.Any(static p => RunsIn(p));
            case ISlicePatternOperation slice:
                return IsWritten(slice.SliceSymbol) || (slice.Pattern is { } inner && RunsIn(inner));
            default:
                return false;
        }
    }

    private static bool TakesApart(IOperation target, IOperation value)
    {
        ITupleOperation? parts = (target is IDeclarationExpressionOperation declaration ? declaration.Expression : target) as ITupleOperation;
        while (value is IConversionOperation { OperatorMethod: null } conversion)
        {
            value = conversion.Operand;
        }

        if (parts is null)
        {
            return false;
        }

        if (value is ITupleOperation written)
        {
            for (int i = 0; i < parts.Elements.Length && i < written.Elements.Length; i++)
            {
                if (TakesApart(parts.Elements[i], written.Elements[i]))
                {
                    return true;
                }
            }

            return false;
        }

        return TakesApart(parts, value.Type);
    }

    private static bool TakesApart(ITupleOperation parts, ITypeSymbol? type)
    {
        if (type is not INamedTypeSymbol { IsTupleType: true } tuple)
        {
            // What a Deconstruct gives may be taken apart in turn, by whatever code.
            return type is not null && (!CopiesFields(type) || parts.Elements.Any(static e => e is ITupleOperation or IDeclarationExpressionOperation { Expression: ITupleOperation }));
        }

        for (int i = 0; i < parts.Elements.Length && i < tuple.TupleElements.Length; i++)
        {
            IOperation part = parts.Elements[i] is IDeclarationExpressionOperation declaration ? declaration.Expression : parts.Elements[i];
            if (part is ITupleOperation inner && TakesApart(inner, tuple.TupleElements[i].Type))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the <c>Deconstruct</c> of a type is a record's own, or the framework's.</summary>
    private static bool CopiesFields(ITypeSymbol type)
    {
        if (NamespaceNames.IsFramework(type))
        {
            return true;
        }

        ImmutableArray<ISymbol> methods = type.GetMembers("Deconstruct");
        return !methods.IsEmpty && methods.All(static m => !IsWritten(m));
    }

    /// <summary>Whether somebody wrote a member: it is neither of the compiler nor of the framework.</summary>
    public static bool IsWritten(ISymbol? symbol) => symbol is { IsImplicitlyDeclared: false, ContainingType: { } type } && !NamespaceNames.IsFramework(type) && !(symbol is IMethodSymbol method && PureMembers.IsMadeElsewhere(method));

    /// <summary>Whether a value is written into a text without code of its own.</summary>
    public static bool IsPlainText(IOperation value)
    {
        while (value is IConversionOperation { IsImplicit: true, OperatorMethod: null } conversion)
        {
            value = conversion.Operand;
        }

        return value.ConstantValue.HasValue
            || value.Type is { TypeKind: TypeKind.Enum } or { SpecialType: >= SpecialType.System_Boolean and <= SpecialType.System_String }
            || value.Type is INamedTypeSymbol { IsValueType: true, IsGenericType: false } type && NamespaceNames.IsFramework(type);
    }
}
