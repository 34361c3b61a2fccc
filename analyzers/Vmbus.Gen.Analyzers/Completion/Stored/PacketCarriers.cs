using Microsoft.CodeAnalysis;
using Vmbus.Gen.Analyzers.Contracts;

namespace Vmbus.Gen.Analyzers.Completion.Stored;

/// <summary>Types through which a PendingPacket can be had: itself, collections and tasks of it, and records and structures that show one.</summary>
internal sealed class PacketCarriers(VmbusTypes types)
{
    private const int MaximumDepth = 4;

    public bool Carries(ITypeSymbol? type) => Carries(type, 0);

    /// <summary>Whether the type holds packets of which it does not say how many.</summary>
    public bool IsCollection(ITypeSymbol? type)
        => type is IArrayTypeSymbol || (type is INamedTypeSymbol { DeclaringSyntaxReferences.Length: 0, IsTupleType: false } && !types.IsPacket(type) && Carries(type));

    private bool Carries(ITypeSymbol? type, int depth)
    {
        if (type is null || depth > MaximumDepth)
        {
            return false;
        }

        switch (type)
        {
            case IArrayTypeSymbol array:
                return Carries(array.ElementType, depth + 1);
            case INamedTypeSymbol named:
                if (types.IsPendingPacket(named))
                {
                    return true;
                }

                if (named.TypeKind == TypeKind.Delegate || named.SpecialType != SpecialType.None)
                {
                    return false;
                }

                foreach (ITypeSymbol argument in named.TypeArguments)
                {
                    if (Carries(argument, depth + 1))
                    {
                        return true;
                    }
                }

                // Dictionary<TKey, TValue>.ValueCollection has its arguments from around it.
                return named.DeclaringSyntaxReferences.Length > 0 ? ShowsPacket(named, depth) : Carries(named.ContainingType, depth + 1);
            default:
                return false;
        }
    }

    private bool ShowsPacket(INamedTypeSymbol type, int depth)
    {
        foreach (ISymbol member in type.GetMembers())
        {
            ITypeSymbol? held = member switch
            {
                IFieldSymbol { IsStatic: false, DeclaredAccessibility: not Accessibility.Private } field => field.Type,
                IPropertySymbol { IsStatic: false, IsIndexer: false, DeclaredAccessibility: not Accessibility.Private } property => property.Type,
                _ => null,
            };
            if (held is not null && !SymbolEqualityComparer.Default.Equals(held, type) && Carries(held, depth + 1))
            {
                return true;
            }
        }

        return false;
    }
}
