using Microsoft.CodeAnalysis;
using Vmbus.Gen.Analyzers.Contracts;

namespace Vmbus.Gen.Analyzers.Completion;

/// <summary>Which types can look into a packet's memory, and which members of the framework only compute with addresses.</summary>
internal static class ViewTypes
{
    /// <summary>Whether a value of the type can be a view: a span, a structure that may hold one, memory, or a pointer.</summary>
    public static bool CanView(ITypeSymbol? type, VmbusTypes types)
        => type is not null
            && (type.TypeKind == TypeKind.Pointer || type.SpecialType is SpecialType.System_IntPtr or SpecialType.System_UIntPtr
                || type.IsRefLikeType ? !types.IsPacket(type) : IsMemory(type) || VmbusTypes.Same(types.ExternalData, type));

    /// <summary>Whether a value of the type outlives the packet if it is stored: nothing checks it when it is used.</summary>
    public static bool IsUnchecked(ITypeSymbol? type)
        => type is not null
            && (type.TypeKind == TypeKind.Pointer || type.IsRefLikeType || type.SpecialType is SpecialType.System_IntPtr or SpecialType.System_UIntPtr);

    /// <summary>Whether a parameter gives the address of something.</summary>
    public static bool IsReference(IParameterSymbol parameter)
        => parameter.RefKind is not (RefKind.None or RefKind.Out) || parameter.Type.TypeKind == TypeKind.Pointer;

    public static bool IsSpan(ITypeSymbol? type)
        => type is INamedTypeSymbol { IsRefLikeType: true, Name: "Span" or "ReadOnlySpan" } && IsIn(type, "System");

    public static bool IsMemory(ITypeSymbol? type)
        => type is INamedTypeSymbol { Name: "Memory" or "ReadOnlyMemory", IsValueType: true } && IsIn(type, "System");

    /// <summary>Members that compute an address and read nothing behind it.</summary>
    public static bool OnlyComputes(IMethodSymbol method) => method.Name switch
    {
        "Slice" or "GetPinnableReference" => IsSpan(method.ContainingType) || IsMemory(method.ContainingType),
        "AsSpan" or "AsMemory" => IsIn(method.ContainingType, "System") && method.ContainingType.Name == "MemoryExtensions",
        "Cast" or "AsBytes" or "AsRef" or "GetReference" or "CreateSpan" or "CreateReadOnlySpan" or "AsMemory"
            => method.ContainingType.Name == "MemoryMarshal",
        "As" or "AsRef" or "AsPointer" or "Add" or "AddByteOffset" or "Subtract" or "SubtractByteOffset"
            => method.ContainingType.Name == "Unsafe",
        _ => false,
    };

    private static bool IsIn(ITypeSymbol type, string space) => type.ContainingNamespace is { ContainingNamespace.IsGlobalNamespace: true } found && found.Name == space;
}
