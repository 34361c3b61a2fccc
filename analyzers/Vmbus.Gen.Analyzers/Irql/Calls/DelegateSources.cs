using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Irql.Calls;

/// <summary>The functions that a field, property or event may hold, as the type that declares it says; and those that make a Lazy's value.</summary>
internal sealed class DelegateSources(MethodBodies bodies)
{
    private readonly ConcurrentDictionary<ISymbol, ImmutableArray<IMethodSymbol>> _functions = new(SymbolEqualityComparer.Default);

    public ImmutableArray<IMethodSymbol> Of(ISymbol member)
        => member.DeclaringSyntaxReferences.Length > 0 && bodies.Owns(member.DeclaringSyntaxReferences[0].SyntaxTree)
            ? _functions.GetOrAdd(member.OriginalDefinition, Find)
            : [];

    /// <summary>The function that a local variable holds where it is declared.</summary>
    public ImmutableArray<IMethodSymbol> OfLocal(ILocalSymbol local)
        => local.DeclaringSyntaxReferences.Length == 1
            && local.DeclaringSyntaxReferences[0].GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: { } initializer }
            && FunctionOf(initializer) is { } function
                ? [function]
                : [];

    /// <summary>The function that an expression stands for, by itself or as what a Lazy is made with.</summary>
    public IMethodSymbol? FunctionOf(ExpressionSyntax expression)
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
            IObjectCreationOperation { Type.Name: "Lazy", Arguments: { Length: > 0 } arguments } => arguments
                .Where(static a => a.Parameter?.Type.TypeKind == TypeKind.Delegate)
                .Select(a => a.Value.Syntax is ExpressionSyntax factory ? FunctionOf(factory) : null)
                .FirstOrDefault(),
            _ => null,
        };
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
                ExpressionSyntax? value = node switch
                {
                    AssignmentExpressionSyntax assignment when NameOf(assignment.Left) == member.Name && IsPlain(assignment)
                        && SymbolEqualityComparer.Default.Equals(bodies.ModelOf(node.SyntaxTree).GetSymbolInfo(assignment.Left).Symbol, member) => assignment.Right,
                    VariableDeclaratorSyntax { Initializer.Value: { } initializer } variable when variable.Identifier.ValueText == member.Name
                        && variable.Parent?.Parent is BaseFieldDeclarationSyntax => initializer,
                    PropertyDeclarationSyntax { Initializer.Value: { } initializer } property when property.Identifier.ValueText == member.Name => initializer,
                    _ => null,
                };
                if (value is not null && FunctionOf(value) is { } function)
                {
                    found.Add(function);
                }
            }
        }

        return [.. found.Distinct<IMethodSymbol>(SymbolEqualityComparer.Default)];
    }

    private static bool IsPlain(AssignmentExpressionSyntax assignment)
        => assignment.Kind() is SyntaxKind.SimpleAssignmentExpression or SyntaxKind.AddAssignmentExpression or SyntaxKind.CoalesceAssignmentExpression;

    private static string? NameOf(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => null,
    };
}
