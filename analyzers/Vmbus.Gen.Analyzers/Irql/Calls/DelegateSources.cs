using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Irql.Calls;

/// <summary>
/// The functions that a field, property or event may hold, by itself or as an element, as the type that declares it says; and those
/// that make a Lazy's value.
/// </summary>
internal sealed class DelegateSources(MethodBodies bodies)
{
    private const int MaximumDepth = 8;

    private readonly ConcurrentDictionary<ISymbol, ImmutableArray<IMethodSymbol>> _functions = new(SymbolEqualityComparer.Default);

    /// <summary>Whether what is of this type may hold functions: a delegate, a Lazy, or a collection of delegates.</summary>
    public static bool MayHold(ITypeSymbol? type) => type switch
    {
        { TypeKind: TypeKind.Delegate } => true,
        _ when DelegateCalls.IsLazy(type) => true,
        IArrayTypeSymbol array => array.ElementType.TypeKind == TypeKind.Delegate,
        INamedTypeSymbol { TypeArguments.Length: > 0 } generic => generic.TypeArguments.Any(static t => t.TypeKind == TypeKind.Delegate),
        _ => false,
    };

    public ImmutableArray<IMethodSymbol> Of(ISymbol member)
        => member.DeclaringSyntaxReferences.Length > 0 && bodies.Owns(member.DeclaringSyntaxReferences[0].SyntaxTree)
            ? _functions.GetOrAdd(member.OriginalDefinition, Find)
            : [];

    /// <summary>The functions that a local variable may hold: what it is declared with, and what is assigned to it.</summary>
    public ImmutableArray<IMethodSymbol> OfLocal(ILocalSymbol local)
        => local.DeclaringSyntaxReferences is [var written] && bodies.Owns(written.SyntaxTree)
            ? _functions.GetOrAdd(local, _ => [.. ValuesOf(local, written.GetSyntax()).SelectMany(FunctionsIn).Distinct<IMethodSymbol>(SymbolEqualityComparer.Default)])
            : [];

    private IEnumerable<ExpressionSyntax> ValuesOf(ILocalSymbol local, SyntaxNode declaration)
    {
        IEnumerable<ExpressionSyntax> assigned = declaration.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member
            ? member.DescendantNodes().OfType<AssignmentExpressionSyntax>().Where(a => IsPlain(a) && Names(a.Left, local)).Select(static a => a.Right)
            : [];
        return InitializerOf(local) is { } initializer ? assigned.Prepend(initializer) : assigned;
    }

    /// <summary>The functions that a delegate may be which is read out of a member, a variable or a collection.</summary>
    public ImmutableArray<IMethodSymbol> In(IOperation? source, FlowProgram program)
    {
        for (int depth = 0; depth < MaximumDepth; depth++)
        {
            switch (source)
            {
                case IConversionOperation conversion:
                    source = conversion.Operand;
                    continue;
                case IFlowCaptureReferenceOperation capture when program.CapturedBy(capture.Id) is { } captured && !ReferenceEquals(captured, source):
                    source = captured;
                    continue;
                case IArrayElementReferenceOperation element:
                    source = element.ArrayReference;
                    continue;
                case IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } indexed }:
                    source = indexed;
                    continue;
                case IInvocationOperation { TargetMethod: { DeclaringSyntaxReferences.Length: > 0 } method }:
                    return ReturnedBy(method);
                case IInvocationOperation { Instance: { } collection, TargetMethod.DeclaringSyntaxReferences.Length: 0 }:
                    source = collection;
                    continue;
                case IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol or IEventSymbol } member:
                    return Of(member.Member);
                case ILocalReferenceOperation { Local: { } local }:
                    if (OfLocal(local) is { IsEmpty: false } held)
                    {
                        return held;
                    }

                    source = SourceOf(local);
                    continue;
                default:
                    return [];
            }
        }

        return [];
    }

    /// <summary>The functions that a method of the compilation may return.</summary>
    public ImmutableArray<IMethodSymbol> ReturnedBy(IMethodSymbol method)
    {
        method = method.OriginalDefinition;
        return MayHold(method.ReturnType) && MethodBodies.FindSyntax(method, CancellationToken.None) is { } body && bodies.Owns(body.SyntaxTree)
            ? _functions.GetOrAdd(method, m => [.. Returns(body).SelectMany(FunctionsIn).Distinct<IMethodSymbol>(SymbolEqualityComparer.Default)])
            : [];
    }

    private static IEnumerable<ExpressionSyntax> Returns(SyntaxNode body)
        => body is ExpressionSyntax expression ? [expression]
            : body.DescendantNodesAndSelf(static n => n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).Select(static n => n switch
            {
                ReturnStatementSyntax returned => returned.Expression,
                ArrowExpressionClauseSyntax arrow => arrow.Expression,
                _ => null,
            }).OfType<ExpressionSyntax>();

    /// <summary>The function that an expression stands for, by itself or as what a Lazy is made with.</summary>
    private IMethodSymbol? FunctionOf(ExpressionSyntax expression)
    {
        SemanticModel model = bodies.ModelOf(expression.SyntaxTree);
        IOperation? operation = model.GetOperation(expression);
        while (operation is IConversionOperation or IDelegateCreationOperation or IParenthesizedOperation)
        {
            operation = operation switch
            {
                IConversionOperation conversion => conversion.Operand,
                IDelegateCreationOperation creation => creation.Target,
                _ => ((IParenthesizedOperation)operation).Operand,
            };
        }

        return operation switch
        {
            IAnonymousFunctionOperation lambda => lambda.Symbol,
            IMethodReferenceOperation method => method.Method,
            IObjectCreationOperation { Type: { } made, Arguments: { Length: > 0 } arguments } when DelegateCalls.IsLazy(made) => arguments
                .Where(static a => a.Parameter?.Type.TypeKind == TypeKind.Delegate)
                .Select(a => a.Value.Syntax is ExpressionSyntax factory ? FunctionOf(factory) : null)
                .FirstOrDefault(),
            _ => null,
        };
    }

    /// <summary>The functions that an expression stands for, or that are written as elements of the collection that it makes.</summary>
    private IEnumerable<IMethodSymbol> FunctionsIn(ExpressionSyntax expression)
    {
        IEnumerable<ExpressionSyntax>? elements = expression switch
        {
            CollectionExpressionSyntax collection => collection.Elements.OfType<ExpressionElementSyntax>().Select(static e => e.Expression),
            ArrayCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions,
            ImplicitArrayCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions,
            InitializerExpressionSyntax initializer => initializer.Expressions,
            BaseObjectCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions,
            AssignmentExpressionSyntax { Right: { } value } => [value],
            ConditionalExpressionSyntax either => [either.WhenTrue, either.WhenFalse],
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression or (int)SyntaxKind.AddExpression } both => [both.Left, both.Right],
            SwitchExpressionSyntax choice => choice.Arms.Select(static a => a.Expression),
            ParenthesizedExpressionSyntax inner => [inner.Expression],
            CastExpressionSyntax cast => [cast.Expression],
            PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } sure => [sure.Operand],
            _ => null,
        };
        if (elements is not null)
        {
            return elements.SelectMany(FunctionsIn);
        }

        return FunctionOf(expression) is { } function ? [function] : [];
    }

    private ImmutableArray<IMethodSymbol> Find(ISymbol member)
    {
        var found = new List<IMethodSymbol>();
        foreach (SyntaxReference reference in member.ContainingType.DeclaringSyntaxReferences)
        {
            SyntaxNode type = reference.GetSyntax();
            if (!bodies.Owns(type.SyntaxTree))
            {
                continue;
            }

            foreach (SyntaxNode node in type.DescendantNodes())
            {
                IEnumerable<ExpressionSyntax> values = node switch
                {
                    AssignmentExpressionSyntax assignment when IsPlain(assignment) && Names(assignment.Left, member) => [assignment.Right],
                    AssignmentExpressionSyntax { Left: ElementAccessExpressionSyntax element } assignment when Names(element.Expression, member) => [assignment.Right],
                    VariableDeclaratorSyntax { Initializer.Value: { } initializer } variable when variable.Identifier.ValueText == member.Name
                        && variable.Parent?.Parent is BaseFieldDeclarationSyntax => [initializer],
                    PropertyDeclarationSyntax { Initializer.Value: { } initializer } property when property.Identifier.ValueText == member.Name => [initializer],
                    InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call when Names(access.Expression, member) && Keeps(call)
                        => call.ArgumentList.Arguments.Select(static a => a.Expression),
                    _ => [],
                };
                found.AddRange(values.SelectMany(FunctionsIn));
            }
        }

        return [.. found.Distinct<IMethodSymbol>(SymbolEqualityComparer.Default)];
    }

    /// <summary>Whether a call on a member puts what it is given there: not if it only calls it, or asks with it.</summary>
    private bool Keeps(InvocationExpressionSyntax call)
        => bodies.ModelOf(call.SyntaxTree).GetSymbolInfo(call).Symbol is IMethodSymbol { MethodKind: not MethodKind.DelegateInvoke } method && !InPlaceCalls.RunsInPlace(method);

    private bool Names(ExpressionSyntax expression, ISymbol member)
        => NameOf(expression) == member.Name
            && SymbolEqualityComparer.Default.Equals(bodies.ModelOf(expression.SyntaxTree).GetSymbolInfo(expression).Symbol?.OriginalDefinition, member);

    private static ExpressionSyntax? InitializerOf(ILocalSymbol local)
        => local.DeclaringSyntaxReferences.Length == 1 && local.DeclaringSyntaxReferences[0].GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: { } initializer }
            ? initializer
            : null;

    /// <summary>What a variable is read out of: by its initializer, by a foreach, or by the call that hands it out.</summary>
    private IOperation? SourceOf(ILocalSymbol local)
    {
        if (local.DeclaringSyntaxReferences.Length != 1 || !bodies.Owns(local.DeclaringSyntaxReferences[0].SyntaxTree))
        {
            return null;
        }

        SyntaxNode declaration = local.DeclaringSyntaxReferences[0].GetSyntax();
        ExpressionSyntax? source = InitializerOf(local) ?? declaration switch
        {
            ForEachStatementSyntax each => each.Expression,
            SingleVariableDesignationSyntax { Parent: DeclarationExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } } } => call,
            _ => null,
        };
        return source is null ? null : bodies.ModelOf(source.SyntaxTree).GetOperation(source);
    }

    private static bool IsPlain(AssignmentExpressionSyntax assignment)
        => assignment.Kind() is SyntaxKind.SimpleAssignmentExpression or SyntaxKind.AddAssignmentExpression or SyntaxKind.CoalesceAssignmentExpression;

    private static string? NameOf(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        _ => null,
    };
}
