using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Flow;
using Vmbus.Gen.Analyzers.Irql.Calls;

namespace Vmbus.Gen.Analyzers.Irql.Allocations;

/// <summary>The operations of C# that allocate on the heap, and why. What framework calls allocate inside is theirs.</summary>
internal sealed class AllocationSites(MethodBodies bodies)
{
    private const string CloneMethod = "<Clone>$";

    /// <summary>Why an operation allocates; null if it does not.</summary>
    public string? ReasonOf(IOperation operation) => operation switch
    {
        { ConstantValue.HasValue: true } => null,
        IObjectCreationOperation { Type: { IsReferenceType: true } type } => type.TypeKind == TypeKind.Delegate ? "delegate creation" : "new of a class",
        // What carries the variables of a query from clause to clause is part of LINQ.
        IAnonymousObjectCreationOperation { IsImplicit: false } => "new of a class",
        ITypeParameterObjectCreationOperation { Type.IsReferenceType: true } => "new of a class",
        IWithOperation { Type: { IsReferenceType: true, IsRecord: true } } => "'with' of a record class",
        IArrayCreationOperation array => OfArray(array),
        ICollectionExpressionOperation collection => OfCollection(collection),
        IArrayElementReferenceOperation element => IsRange(element) ? "array" : null,
        IIsPatternOperation matched => matched.Pattern.DescendantsAndSelf().Any(CopiesSlice) ? "array" : null,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, OperatorMethod: null or { ContainingType.SpecialType: SpecialType.System_String }, Type.SpecialType: SpecialType.System_String } concatenation
            => concatenation.Parent is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } ? null : "string concatenation",
        ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } => "string concatenation",
        IInterpolatedStringOperation { Type.SpecialType: SpecialType.System_String } => "string interpolation",
        IDelegateCreationOperation creation => OfDelegate(creation),
        IConversionOperation conversion => OfConversion(conversion),
        IInvocationOperation invocation => OfCall(invocation.TargetMethod, invocation),
        IPropertyReferenceOperation { Property.GetMethod: { } getter } property when property.Parent is not IAssignmentOperation => Enumerations.IsIterator(getter) ? "iterator" : null,
        _ => null,
    };

    /// <summary>How an allocation is named in the way to it.</summary>
    public static string NameOf(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod.Name: CloneMethod } with => PathText.Shorten(with.Syntax),
        IInvocationOperation invocation => IrqlModel.NameOf(invocation.TargetMethod),
        IObjectCreationOperation { Type: { } type } => "new " + type.Name,
        IAnonymousObjectCreationOperation => "new { ... }",
        IArrayCreationOperation { Type: IArrayTypeSymbol array } => "new " + array.ElementType.Name + "[]",
        IDelegateCreationOperation { Target: IMethodReferenceOperation method } => method.Method.Name,
        IDelegateCreationOperation => "lambda",
        _ => PathText.Shorten(operation.Syntax),
    };

    private static string? OfArray(IArrayCreationOperation array)
    {
        if (array.IsImplicit && array.Initializer is null or { ElementValues.Length: 0 })
        {
            // No arguments: the compiler passes Array.Empty.
            return array.IsImplicit ? null : "array";
        }

        if (array.Parent is IConversionOperation { Type: { Name: "ReadOnlySpan" } }
            && array.Initializer is { ElementValues: var values } && values.All(static v => v.ConstantValue.HasValue))
        {
            // Constant data, read where it lies.
            return null;
        }

        return array.IsImplicit ? "params array" : "array";
    }

    /// <summary>A range of an array is a new array, unlike one of a span.</summary>
    private static bool IsRange(IArrayElementReferenceOperation element)
        => element.Indices is [{ Type: { Name: "Range", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } }];

    /// <summary>A slice of an array that a list pattern looks at, or names, is copied; one that it skips is not.</summary>
    private static bool CopiesSlice(IOperation pattern) => pattern is ISlicePatternOperation { Pattern: not (null or IDiscardPatternOperation), InputType.TypeKind: TypeKind.Array };

    private static string? OfCollection(ICollectionExpressionOperation collection)
        => collection.Type switch
        {
            { Name: "Span" or "ReadOnlySpan" } => collection.Elements.Any(static e => e is ISpreadOperation) ? "collection expression" : null,
            { TypeKind: TypeKind.Array } or { TypeKind: TypeKind.Interface } when collection.Elements.IsEmpty => null,
            { IsValueType: true } when collection.Elements.IsEmpty => null,
            _ => IsParams(collection) ? "params collection" : "collection expression",
        };

    /// <summary>Whether a call makes the collection of the arguments that it is given.</summary>
    private static bool IsParams(ICollectionExpressionOperation collection) => collection.Syntax is not CollectionExpressionSyntax;

    private string? OfDelegate(IDelegateCreationOperation creation)
    {
        switch (creation.Target)
        {
            case IFlowAnonymousFunctionOperation lambda:
                return Captures(lambda.Symbol, lambda.Syntax);
            case IAnonymousFunctionOperation lambda:
                return Captures(lambda.Symbol, lambda.Syntax);
            case IMethodReferenceOperation { Method: { IsStatic: true } }:
                // The compiler keeps one.
                return null;
            default:
                return "delegate creation";
        }
    }

    /// <summary>A lambda that captures nothing is made once.</summary>
    private string? Captures(IMethodSymbol lambda, SyntaxNode syntax)
    {
        if (lambda.IsStatic || syntax is not AnonymousFunctionExpressionSyntax function || !bodies.Owns(syntax.SyntaxTree)
            || bodies.ModelOf(syntax.SyntaxTree).AnalyzeDataFlow(function) is not { Succeeded: true } flow)
        {
            return null;
        }

        ISymbol[] captured = [.. flow.CapturedInside.Where(c => !flow.VariablesDeclared.Contains(c, SymbolEqualityComparer.Default))];
        return captured.Length == 0 ? null : captured.All(static c => c is IParameterSymbol { IsThis: true }) ? "delegate creation" : "closure";
    }

    private static string? OfConversion(IConversionOperation conversion)
        => conversion is { OperatorMethod: null, Operand.Type: { IsValueType: true } from, Type: { IsReferenceType: true } }
            && !IsConcatenated(conversion)
            && conversion.GetConversion().IsBoxing
                ? $"boxing of '{from.Name}'"
                : null;

    /// <summary>The compiler concatenates the text of a value, not the value.</summary>
    private static bool IsConcatenated(IConversionOperation conversion)
        => conversion is { IsImplicit: true, Parent: IBinaryOperation { Type.SpecialType: SpecialType.System_String } or ICompoundAssignmentOperation { Type.SpecialType: SpecialType.System_String } };

    private static string? OfCall(IMethodSymbol method, IInvocationOperation invocation)
    {
        if (method is { Name: CloneMethod, ContainingType: { IsReferenceType: true, IsRecord: true } })
        {
            return "'with' of a record class";
        }

        if (method.ContainingType is { Name: "Enumerable" or "Queryable", ContainingNamespace: { Name: "Linq", ContainingNamespace.Name: "System" } })
        {
            return IsPartOfChain(invocation) ? null : "LINQ";
        }

        if (method.DeclaringSyntaxReferences.Length == 0)
        {
            return null;
        }

        return method.IsAsync ? "async state machine" : Enumerations.IsIterator(method) ? "iterator" : null;
    }

    /// <summary>Of several LINQ calls in a chain the last one is named.</summary>
    private static bool IsPartOfChain(IInvocationOperation invocation)
    {
        IOperation? parent = invocation.Parent;
        while (parent is IConversionOperation or IArgumentOperation or ITranslatedQueryOperation)
        {
            parent = parent.Parent;
        }

        return parent is IInvocationOperation { TargetMethod.ContainingType: { Name: "Enumerable" or "Queryable" } };
    }
}
