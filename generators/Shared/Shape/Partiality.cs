using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vmbus.Gen.Shape;

/// <summary>Whether generated code can add a part to a class.</summary>
internal static class Partiality
{
    /// <summary>Whether the type and all types around it are partial.</summary>
    public static bool IsExtensible(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
        {
            if (NonPartialDeclaration(current) is not null)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A declaration of the type that lacks the modifier.</summary>
    public static BaseTypeDeclarationSyntax? NonPartialDeclaration(INamedTypeSymbol type)
    {
        foreach (SyntaxReference reference in type.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax() is BaseTypeDeclarationSyntax declaration && !declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
            {
                return declaration;
            }
        }

        return null;
    }

    /// <summary>The type itself or the first type in it, at any depth, that generated code would have to extend.</summary>
    public static INamedTypeSymbol? FindCallbackClass(INamedTypeSymbol type)
    {
        if (TypeKinds.WhyNotExtensible(type) is null && ClassReader.HasCallbacks(type))
        {
            return type;
        }

        foreach (INamedTypeSymbol nested in type.GetTypeMembers())
        {
            if (FindCallbackClass(nested) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}
