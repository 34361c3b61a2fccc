using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>Which fields and automatic properties change after their object is made: a private one that nothing assigns keeps its value whatever is called.</summary>
internal sealed class FieldWrites(IdentifierIndex index)
{
    private readonly ConcurrentDictionary<ISymbol, bool> _written = new(SymbolEqualityComparer.Default);

    /// <summary>Whether a member keeps its value whatever is called.</summary>
    public bool IsFixed(ISymbol? member, CancellationToken cancellation) => member switch
    {
        IFieldSymbol { IsReadOnly: true } or IFieldSymbol { IsConst: true } => true,
        IFieldSymbol { DeclaredAccessibility: Accessibility.Private } => !IsWritten(member, cancellation),
        IPropertySymbol { SetMethod: null or { IsInitOnly: true } } => true,
        IPropertySymbol { SetMethod.DeclaredAccessibility: Accessibility.Private } => !IsWritten(member, cancellation),
        _ => false,
    };

    private bool IsWritten(ISymbol member, CancellationToken cancellation)
        => member.DeclaringSyntaxReferences.Length == 0 || _written.GetOrAdd(member.OriginalDefinition, m => FindWrite(m, cancellation));

    /// <summary>By its name, so that nothing is bound for the question: what another member of the same name is given counts as well.</summary>
    private bool FindWrite(ISymbol member, CancellationToken cancellation)
    {
        IEnumerable<SyntaxNode> declarations = Outermost(member.ContainingType).DeclaringSyntaxReferences.Select(r => r.GetSyntax(cancellation));
        foreach (SimpleNameSyntax mention in index.Find(member.Name, declarations, cancellation))
        {
            if (IsWritten(mention))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Types inside the field's own, and around it, see a private field, too.</summary>
    private static INamedTypeSymbol Outermost(INamedTypeSymbol type)
    {
        while (type.ContainingType is { } outer)
        {
            type = outer;
        }

        return type;
    }

    /// <summary>Whether a name stands anywhere in what is written to, so that tuples and members of structures count.</summary>
    private static bool IsWritten(SyntaxNode mention)
    {
        for (SyntaxNode node = mention; node.Parent is { } parent and not MemberDeclarationSyntax; node = parent)
        {
            bool isWritten = parent switch
            {
                AssignmentExpressionSyntax assignment => assignment.Left == node && !IsInInitializer(assignment),
                PrefixUnaryExpressionSyntax unary => unary.Kind() is SyntaxKind.PreIncrementExpression or SyntaxKind.PreDecrementExpression or SyntaxKind.AddressOfExpression,
                PostfixUnaryExpressionSyntax unary => unary.Kind() is SyntaxKind.PostIncrementExpression or SyntaxKind.PostDecrementExpression,
                ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None),
                RefExpressionSyntax => true,
                _ => false,
            };
            if (isWritten)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Nobody has the object yet while its own constructor runs.</summary>
    private static bool IsInInitializer(AssignmentExpressionSyntax assignment)
        => assignment.Parent is ExpressionStatementSyntax { Parent: BlockSyntax { Parent: ConstructorDeclarationSyntax } };
}
