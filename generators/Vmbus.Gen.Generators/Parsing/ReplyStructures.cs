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
    /// <param name="compilation">The compilation of the class.</param>
    /// <param name="names">Names them.</param>
    public static ImmutableArray<string> Within(ITypeSymbol? reply, INamedTypeSymbol type, Compilation compilation, TypeNames names)
    {
        if (reply is not INamedTypeSymbol { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None })
        {
            return [];
        }

        HashSet<ITypeSymbol> seen = new(SymbolEqualityComparer.Default) { reply };
        ImmutableArray<string>.Builder found = ImmutableArray.CreateBuilder<string>();
        Collect(reply);
        return found.ToImmutable();

        void Collect(ITypeSymbol structure)
        {
            foreach (ISymbol member in structure.GetMembers())
            {
                if (member is IFieldSymbol { IsStatic: false, IsFixedSizeBuffer: false, Type: INamedTypeSymbol { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None } inner } && seen.Add(inner))
                {
                    if (compilation.IsSymbolAccessibleWithin(inner, type))
                    {
                        found.Add(names.Of(inner));
                    }

                    Collect(inner);
                }
            }
        }
    }
}
