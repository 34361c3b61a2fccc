using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Irql.Calls;

/// <summary>The calls that the language makes where none is written: what patterns, deconstructions, texts, collections and pinned variables run.</summary>
internal sealed class ImpliedTargets(MethodBodies bodies)
{
    public IEnumerable<CallTarget> Of(IOperation operation) => operation switch
    {
        IIsPatternOperation pattern => CallsIn(pattern.Pattern),
        IDeconstructionAssignmentOperation deconstruction => DeconstructMethods(deconstruction.Syntax).Select(On),
        IAwaitOperation { Syntax: AwaitExpressionSyntax awaiting } when bodies.Owns(awaiting.SyntaxTree) => AwaiterMethods(awaiting).Select(On),
        IWithOperation { CloneMethod: { } clone } => [new CallTarget(clone, [])],
        ICollectionExpressionOperation collection => FillersOf(collection).Select(static m => new CallTarget(m, [])),
        IInterpolatedStringOperation text => text.Parts.OfType<IInterpolationOperation>().SelectMany(static hole => TextOf(hole.Expression, isFormatted: true)),
        IBinaryOperation joined => [.. TextOf(joined.LeftOperand, isFormatted: false), .. TextOf(joined.RightOperand, isFormatted: false)],
        ICompoundAssignmentOperation joined => TextOf(joined.Value, isFormatted: false),
        ISimpleAssignmentOperation pinned => PinnedReference(pinned.Value).Select(On),
        _ => [],
    };

    /// <summary>Whether an operation is the beginning of a <c>fixed</c> statement, which asks a value for the reference that it pins.</summary>
    public static bool Pins(IOperation operation) => operation is ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local.IsFixed: true } };

    private static CallTarget On(IMethodSymbol method) => new(method, [], null, CallTargets.IsOpen(method));

    /// <summary>What a pattern calls: the accessors of what it reads, Slice and Deconstruct.</summary>
    private static IEnumerable<CallTarget> CallsIn(IPatternOperation pattern)
        => pattern.DescendantsAndSelf().SelectMany(static part => part switch
        {
            IRecursivePatternOperation { DeconstructSymbol: IMethodSymbol method } => [On(method)],
            IPropertySubpatternOperation { Member: IPropertyReferenceOperation { Property.GetMethod: { } getter } } => [On(getter)],
            IListPatternOperation list => CallsIn(list),
            ISlicePatternOperation { Pattern: not null } slice => Reads(slice.SliceSymbol),
            _ => Enumerable.Empty<CallTarget>(),
        });

    private static IEnumerable<CallTarget> CallsIn(IListPatternOperation list)
        => list.Patterns.Any(static p => p is not (ISlicePatternOperation or IDiscardPatternOperation)) ? Reads(list.LengthSymbol).Concat(Reads(list.IndexerSymbol)) : Reads(list.LengthSymbol);

    private static IEnumerable<CallTarget> Reads(ISymbol? member)
    {
        IMethodSymbol? method = member as IMethodSymbol ?? (member as IPropertySymbol)?.GetMethod;
        return method is not null && ImpliedCode.IsWritten(member) ? [On(method)] : [];
    }

    private IEnumerable<IMethodSymbol> DeconstructMethods(SyntaxNode syntax)
    {
        if (!bodies.Owns(syntax.SyntaxTree))
        {
            return [];
        }

        SemanticModel model = bodies.ModelOf(syntax.SyntaxTree);
        return syntax switch
        {
            AssignmentExpressionSyntax assignment => MethodsOf(model.GetDeconstructionInfo(assignment)),
            ForEachVariableStatementSyntax each => MethodsOf(model.GetDeconstructionInfo(each)),
            _ when syntax.Parent is ForEachVariableStatementSyntax each => MethodsOf(model.GetDeconstructionInfo(each)),
            _ => [],
        };
    }

    private static IEnumerable<IMethodSymbol> MethodsOf(DeconstructionInfo info)
    {
        if (info.Method is { } method)
        {
            yield return method;
        }

        foreach (DeconstructionInfo nested in info.Nested)
        {
            foreach (IMethodSymbol inner in MethodsOf(nested))
            {
                yield return inner;
            }
        }
    }

    private IEnumerable<IMethodSymbol> AwaiterMethods(AwaitExpressionSyntax awaiting)
    {
        AwaitExpressionInfo info = bodies.ModelOf(awaiting.SyntaxTree).GetAwaitExpressionInfo(awaiting);
        return new[] { info.GetAwaiterMethod, info.IsCompletedProperty?.GetMethod }.OfType<IMethodSymbol>().Where(static m => m.DeclaringSyntaxReferences.Length > 0);
    }

    /// <summary>What makes a collection, and what puts its elements in.</summary>
    private static IEnumerable<IMethodSymbol> FillersOf(ICollectionExpressionOperation collection)
    {
        if (collection.ConstructMethod is not { } construct)
        {
            return [];
        }

        return construct.MethodKind != MethodKind.Constructor || collection.Elements.IsEmpty || NamespaceNames.IsFramework(construct.ContainingType)
            ? [construct]
            : [construct, .. MembersOf(construct.ContainingType, "Add").Where(static m => m is { IsStatic: false, Parameters.Length: 1 })];
    }

    private static IEnumerable<IMethodSymbol> MembersOf(ITypeSymbol? type, string name)
    {
        for (ITypeSymbol? t = type; t is not null && !NamespaceNames.IsFramework(t); t = t.BaseType)
        {
            foreach (IMethodSymbol method in t.GetMembers(name).OfType<IMethodSymbol>())
            {
                yield return method;
            }
        }
    }

    /// <summary>What writes a value into a string: a formatted hole asks the value to format itself if it can.</summary>
    private static IEnumerable<CallTarget> TextOf(IOperation value, bool isFormatted)
    {
        if (ImpliedCode.IsPlainText(value))
        {
            return [];
        }

        while (value is IConversionOperation { IsImplicit: true, OperatorMethod: null } conversion)
        {
            value = conversion.Operand;
        }

        ITypeSymbol? type = value.Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : value.Type;
        if (type is null || type.TypeKind is TypeKind.Interface or TypeKind.Dynamic || NamespaceNames.IsFramework(type))
        {
            return [];
        }

        IMethodSymbol? writer = isFormatted ? Formatter(type, "ISpanFormattable", "TryFormat") ?? Formatter(type, "IFormattable", "ToString") : null;
        writer ??= TextWriter(type);
        return writer is null ? [] : [new CallTarget(writer, [], value, CallTargets.IsOpen(writer))];
    }

    private static IMethodSymbol? Formatter(ITypeSymbol type, string @interface, string member)
        => type.AllInterfaces.FirstOrDefault(i => i.Name == @interface && NamespaceNames.Of(i) == "System")?.GetMembers(member).OfType<IMethodSymbol>().FirstOrDefault();

    /// <summary>The nearest <c>ToString</c> that somebody wrote.</summary>
    private static IMethodSymbol? TextWriter(ITypeSymbol type)
    {
        for (ITypeSymbol? t = type; t is not null; t = t.BaseType)
        {
            if (t.GetMembers("ToString").OfType<IMethodSymbol>().FirstOrDefault(static m => m is { IsStatic: false, Parameters.Length: 0 }) is { } writer)
            {
                return ImpliedCode.IsWritten(writer) || RecordMembers.IsMade(writer) ? writer : null;
            }
        }

        return null;
    }

    private IEnumerable<IMethodSymbol> PinnedReference(IOperation value)
    {
        // The address that is taken has no kind of its own.
        value = value.Kind == OperationKind.None && value.ChildOperations.Count == 1 ? value.ChildOperations.First() : value;
        if (!bodies.Owns(value.Syntax.SyntaxTree) || value.Type is not { TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.TypeParameter or TypeKind.Interface } type || NamespaceNames.IsFramework(type))
        {
            return [];
        }

        return bodies.ModelOf(value.Syntax.SyntaxTree).LookupSymbols(value.Syntax.SpanStart, type, "GetPinnableReference", includeReducedExtensionMethods: true)
            .OfType<IMethodSymbol>()
            .Where(static m => m.Parameters.IsEmpty)
            .Take(1);
    }
}
