using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Generators.Parsing;

/// <summary>
/// The structures inside of a structure that is sent back. A compiler that works ahead of time knows the fields of what it sees as a type argument, and not those of
/// structures in it.
/// </summary>
internal static class ReplyStructures
{
    /// <summary>Their names, in the order of the fields; empty where nothing but numbers is in the structure.</summary>
    /// <param name="reply">What is sent back.</param>
    /// <param name="type">The class of the handler, which must be able to name them.</param>
    public static ImmutableArray<string> Within(ITypeSymbol? reply, INamedTypeSymbol type)
    {
        if (reply is not INamedTypeSymbol { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None })
        {
            return [];
        }

        HashSet<ITypeSymbol> seen = new(SymbolEqualityComparer.Default) { reply };
        ImmutableArray<string>.Builder names = ImmutableArray.CreateBuilder<string>();
        Collect(reply, type, seen, names);
        return names.ToImmutable();
    }

    private static void Collect(ITypeSymbol structure, INamedTypeSymbol type, HashSet<ITypeSymbol> seen, ImmutableArray<string>.Builder names)
    {
        foreach (ISymbol member in structure.GetMembers())
        {
            if (member is IFieldSymbol { IsStatic: false, IsFixedSizeBuffer: false, Type: INamedTypeSymbol { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None } inner } && seen.Add(inner))
            {
                if (CanBeNamed(inner, type))
                {
                    names.Add(inner.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat));
                }

                Collect(inner, type, seen, names);
            }
        }
    }

    private static bool CanBeNamed(INamedTypeSymbol structure, INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = structure; current is not null; current = current.ContainingType)
        {
            bool isSeen = current.DeclaredAccessibility switch
            {
                Accessibility.Public => true,
                Accessibility.Internal or Accessibility.ProtectedOrInternal => SymbolEqualityComparer.Default.Equals(current.ContainingAssembly, type.ContainingAssembly),
                _ => IsAround(current.ContainingType, type),
            };
            if (!isSeen || current.IsFileLocal)
            {
                return false;
            }
        }

        return structure.TypeArguments.All(argument => argument is not INamedTypeSymbol named || CanBeNamed(named, type));
    }

    private static bool IsAround(INamedTypeSymbol? outer, INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
        {
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, outer?.OriginalDefinition))
            {
                return true;
            }
        }

        return false;
    }
}
