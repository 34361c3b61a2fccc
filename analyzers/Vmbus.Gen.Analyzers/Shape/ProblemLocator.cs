using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.Analyzers.Shape;

/// <summary>Finds the token that a problem of shape lies in.</summary>
internal static class ProblemLocator
{
    public static Location Locate(ShapeProblem problem, CancellationToken cancellation)
        => (problem.Place switch
        {
            ProblemPlace.ParameterType => TypeOf((IParameterSymbol)problem.Symbol, cancellation),
            ProblemPlace.ReturnType => ReturnTypeOf((IMethodSymbol)problem.Symbol, cancellation),
            ProblemPlace.TaskResult => ResultOf(ReturnTypeOf((IMethodSymbol)problem.Symbol, cancellation)),
            ProblemPlace.MessageType => MessageType(problem.Attribute!, problem.Index, cancellation),
            ProblemPlace.AttributeProperty => Property(problem.Attribute!, problem.Property!, cancellation),
            _ => null,
        })?.GetLocation() ?? NameOf(problem.Symbol);

    private static Location NameOf(ISymbol symbol) => symbol.Locations is [var location, ..] ? location : Location.None;

    private static SyntaxNode? TypeOf(IParameterSymbol parameter, CancellationToken cancellation)
        => Declaration(parameter, cancellation) is ParameterSyntax { Type: { } type } ? type : null;

    private static SyntaxNode? ReturnTypeOf(IMethodSymbol method, CancellationToken cancellation)
        => Declaration(method, cancellation) is MethodDeclarationSyntax declaration ? declaration.ReturnType : null;

    private static SyntaxNode? ResultOf(SyntaxNode? type) => type switch
    {
        QualifiedNameSyntax qualified => ResultOf(qualified.Right),
        AliasQualifiedNameSyntax qualified => ResultOf(qualified.Name),
        GenericNameSyntax { TypeArgumentList.Arguments: [var result] } => result,
        _ => type,
    };

    /// <summary>The expression of the n-th message type, whether they are written one by one or as an array.</summary>
    private static SyntaxNode? MessageType(AttributeData attribute, int index, CancellationToken cancellation)
    {
        if (attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is not AttributeSyntax { ArgumentList.Arguments: var arguments } syntax)
        {
            return null;
        }

        ExpressionSyntax[] positional = [.. arguments.Where(static a => a.NameEquals is null).Select(static a => a.Expression)];
        if (positional is [var only] && ElementsOf(only) is { } elements)
        {
            return index < elements.Length ? elements[index] : only;
        }

        return index < positional.Length ? positional[index] : syntax;
    }

    private static SyntaxNode[]? ElementsOf(ExpressionSyntax expression) => expression switch
    {
        ArrayCreationExpressionSyntax { Initializer: { } initializer } => [.. initializer.Expressions],
        ImplicitArrayCreationExpressionSyntax { Initializer: { } initializer } => [.. initializer.Expressions],
        CollectionExpressionSyntax collection => [.. collection.Elements],
        _ => null,
    };

    private static SyntaxNode? Property(AttributeData attribute, string name, CancellationToken cancellation)
        => attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is AttributeSyntax { ArgumentList.Arguments: var arguments }
            ? arguments.FirstOrDefault(a => a.NameEquals?.Name.Identifier.ValueText == name)?.Expression
            : null;

    private static SyntaxNode? Declaration(ISymbol symbol, CancellationToken cancellation)
        => symbol.DeclaringSyntaxReferences is [var reference, ..] ? reference.GetSyntax(cancellation) : null;
}
