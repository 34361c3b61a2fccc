using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Shape;

/// <summary>Which types can be sets of callbacks.</summary>
internal static class TypeKinds
{
    /// <summary>Why no part can be added to the type, partial or not; null if one can.</summary>
    public static string? WhyNotExtensible(INamedTypeSymbol type)
    {
        if (type.TypeKind != TypeKind.Class)
        {
            return type.TypeKind switch
            {
                TypeKind.Struct => "a struct would be copied when it is bound to a channel; make it a class",
                TypeKind.Interface => "an interface has no state to bind; put the handlers into a class",
                _ when type.Name.Length == 0 && type.ContainingType is not null => "a member of an extension block belongs to what it extends; put the handlers into a class",
                _ => "handlers belong into a class",
            };
        }

        return IsFileLocal(type) ? "a file type cannot be extended from the generated file; make it internal" : null;
    }

    /// <summary>Whether the type, a type around it or one of its type arguments is seen in its own file only.</summary>
    public static bool IsFileLocal(ITypeSymbol type)
    {
        for (INamedTypeSymbol? current = type as INamedTypeSymbol; current is not null; current = current.ContainingType)
        {
            if (current.IsFileLocal || current.TypeArguments.Any(IsFileLocal))
            {
                return true;
            }
        }

        return false;
    }

    public static bool IsInGenericType(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
        {
            if (current.Arity > 0)
            {
                return true;
            }
        }

        return false;
    }
}
