using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Shape;

/// <summary>Whether a type can be the payload of a packet or of a completion.</summary>
internal enum PayloadVerdict
{
    Payload,

    /// <summary>A structure, but not one with a fixed layout and without references.</summary>
    NotUnmanaged,

    /// <summary>Nothing that has bytes.</summary>
    NoStructure,
}

/// <summary>What a payload type may be: a structure without references whose layout is the one that was written.</summary>
internal static class PayloadRules
{
    public static PayloadVerdict Judge(ITypeSymbol type, out string reason)
    {
        reason = "";
        if (!type.IsValueType || type.IsRefLikeType || type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer)
        {
            return PayloadVerdict.NoStructure;
        }

        if (type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
        {
            reason = "it is a nullable value, whose layout is not written down";
            return PayloadVerdict.NotUnmanaged;
        }

        if (!type.IsUnmanagedType)
        {
            reason = type.TypeKind == TypeKind.TypeParameter ? "it has no 'unmanaged' constraint" : "it holds references";
            return PayloadVerdict.NotUnmanaged;
        }

        if (FindAutomaticLayout(type, null) is { } culprit)
        {
            reason = SymbolEqualityComparer.Default.Equals(culprit, type)
                ? "its layout is automatic"
                : $"the layout of '{culprit.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}' in it is automatic";
            return PayloadVerdict.NotUnmanaged;
        }

        return PayloadVerdict.Payload;
    }

    /// <summary>The type itself or a type of a field in it, at any depth, of which the runtime may order the fields as it likes.</summary>
    private static INamedTypeSymbol? FindAutomaticLayout(ITypeSymbol type, HashSet<ITypeSymbol>? seen)
    {
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Struct } structure || IsPrimitive(structure.SpecialType))
        {
            return null;
        }

        if (HasAutomaticLayout(structure.OriginalDefinition))
        {
            return structure;
        }

        foreach (ISymbol member in structure.GetMembers())
        {
            if (member is not IFieldSymbol { IsStatic: false, IsConst: false } field
                || field.Type is not INamedTypeSymbol { TypeKind: TypeKind.Struct } fieldType
                || IsPrimitive(fieldType.SpecialType))
            {
                continue;
            }

            seen ??= new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);
            if (seen.Add(fieldType) && FindAutomaticLayout(fieldType, seen) is { } culprit)
            {
                return culprit;
            }
        }

        return null;
    }

    /// <summary>Special types that are structures of one field or of known layout; of the others, DateTime has automatic layout.</summary>
    private static bool IsPrimitive(SpecialType type)
        => type is >= SpecialType.System_Boolean and <= SpecialType.System_Double or SpecialType.System_IntPtr or SpecialType.System_UIntPtr;

    private static bool HasAutomaticLayout(INamedTypeSymbol definition)
    {
        // The framework's reference assemblies do not tell of these.
        if (definition.SpecialType == SpecialType.System_DateTime
            || definition is { Name: "DateTimeOffset" or "ValueTuple", ContainingType: null } && VmbusSymbols.IsIn(definition.ContainingNamespace, "System"))
        {
            return true;
        }

        if (!definition.DeclaringSyntaxReferences.IsEmpty)
        {
            foreach (AttributeData attribute in definition.GetAttributes())
            {
                if (attribute is { AttributeClass: { Name: "StructLayoutAttribute" }, ConstructorArguments: [{ Value: { } layout }] })
                {
                    return Convert.ToInt32(layout, System.Globalization.CultureInfo.InvariantCulture) == (int)System.Runtime.InteropServices.LayoutKind.Auto;
                }
            }

            return false;
        }

        // The attribute of a type in metadata is a flag of its definition and no attribute.
        return definition.MetadataToken != 0
            && definition.ContainingModule?.GetMetadata() is { } module
            && MetadataTokens.EntityHandle(definition.MetadataToken) is { Kind: HandleKind.TypeDefinition } handle
            && (module.GetMetadataReader().GetTypeDefinition((TypeDefinitionHandle)handle).Attributes & TypeAttributes.LayoutMask) == TypeAttributes.AutoLayout;
    }
}
