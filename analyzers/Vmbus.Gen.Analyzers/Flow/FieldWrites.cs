using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>Which fields and automatic properties change after their object is made: a private one that nothing assigns keeps its value whatever is called.</summary>
internal sealed class FieldWrites
{
    private readonly ConcurrentDictionary<INamedTypeSymbol, HashSet<string>> _written = new(SymbolEqualityComparer.Default);

    /// <summary>Whether a member keeps its value whatever is called.</summary>
    public bool IsFixed(ISymbol? member) => member switch
    {
        IFieldSymbol { IsReadOnly: true } or IFieldSymbol { IsConst: true } => true,
        IFieldSymbol { DeclaredAccessibility: Accessibility.Private } => !IsWritten(member),
        IPropertySymbol { SetMethod: null or { IsInitOnly: true } } => true,
        IPropertySymbol { SetMethod.DeclaredAccessibility: Accessibility.Private } => !IsWritten(member),
        _ => false,
    };

    private bool IsWritten(ISymbol member)
        => member.DeclaringSyntaxReferences.Length == 0 || _written.GetOrAdd(Outermost(member.ContainingType.OriginalDefinition), FindWritten).Contains(member.Name);

    /// <summary>Types inside the field's own, and around it, see a private field, too.</summary>
    private static INamedTypeSymbol Outermost(INamedTypeSymbol type)
    {
        while (type.ContainingType is { } outer)
        {
            type = outer;
        }

        return type;
    }

    private static HashSet<string> FindWritten(INamedTypeSymbol type)
    {
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (SyntaxReference reference in type.DeclaringSyntaxReferences)
        {
            foreach (SyntaxNode node in reference.GetSyntax().DescendantNodes())
            {
                SyntaxNode? target = node switch
                {
                    AssignmentExpressionSyntax assignment when !IsInInitializer(assignment) => assignment.Left,
                    PrefixUnaryExpressionSyntax unary when unary.Kind() is SyntaxKind.PreIncrementExpression or SyntaxKind.PreDecrementExpression or SyntaxKind.AddressOfExpression => unary.Operand,
                    PostfixUnaryExpressionSyntax unary when unary.Kind() is SyntaxKind.PostIncrementExpression or SyntaxKind.PostDecrementExpression => unary.Operand,
                    ArgumentSyntax argument when !argument.RefKindKeyword.IsKind(SyntaxKind.None) => argument.Expression,
                    RefExpressionSyntax by => by.Expression,
                    _ => null,
                };
                if (target is not null)
                {
                    // Every name in it, so that tuples and members of structures count.
                    written.UnionWith(target.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Select(static n => n.Identifier.ValueText));
                }
            }
        }

        return written;
    }

    /// <summary>Nobody has the object yet while its own constructor runs.</summary>
    private static bool IsInInitializer(AssignmentExpressionSyntax assignment)
        => assignment.Parent is ExpressionStatementSyntax { Parent: BlockSyntax { Parent: ConstructorDeclarationSyntax } };
}
