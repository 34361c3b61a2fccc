using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Shape;

/// <summary>Tells the types that handlers are made of by their names: no look-up in a compilation, nothing kept.</summary>
internal static class VmbusSymbols
{
    public const string Namespace = "Vmbus";

    public static bool IsVmbus(this ITypeSymbol type, string name)
        => type.Name == name && type.ContainingType is null && IsIn(type.ContainingNamespace, Namespace);

    /// <summary>A packet whose completion is owed, inline or pended.</summary>
    public static bool IsPacket(this ITypeSymbol type) => type.IsVmbus("PacketCompletion") || type.IsVmbus("PendingPacket");

    public static bool IsReadOnlySpanOfByte(this ITypeSymbol type) => IsGenericOfByte(type, "ReadOnlySpan");

    public static bool IsSpanOfByte(this ITypeSymbol type) => IsGenericOfByte(type, "Span");

    public static bool IsReadOnlyMemoryOfByte(this ITypeSymbol type) => IsGenericOfByte(type, "ReadOnlyMemory");

    public static bool IsCancellationToken(this ITypeSymbol type)
        => type.Name == "CancellationToken" && IsIn(type.ContainingNamespace, "System.Threading");

    /// <summary>Task, ValueTask, or one of them with a result.</summary>
    public static bool IsTask(this ITypeSymbol type)
        => type is INamedTypeSymbol { Name: "Task" or "ValueTask", Arity: 0 or 1, ContainingType: null } && IsIn(type.ContainingNamespace, "System.Threading.Tasks");

    /// <summary>Whether an attribute is of a type of this name, in a namespace of this full name.</summary>
    public static bool Is(this AttributeData attribute, string name, string space)
        => attribute.AttributeClass is { } type && type.Name == name && IsIn(type.ContainingNamespace, space);

    /// <summary>Whether a namespace has a full name, such as <c>System.Diagnostics</c>.</summary>
    public static bool IsIn(INamespaceSymbol? candidate, string name)
    {
        int end = name.Length;
        for (INamespaceSymbol? current = candidate; current is not null; current = current.ContainingNamespace)
        {
            if (current.IsGlobalNamespace)
            {
                return end < 0;
            }

            int start = end - current.Name.Length;
            if (start < 0 || string.CompareOrdinal(name, start, current.Name, 0, current.Name.Length) != 0 || (start > 0 && name[start - 1] != '.'))
            {
                return false;
            }

            // Before the dot; -1 where there is none.
            end = start - 1;
        }

        return false;
    }

    private static bool IsGenericOfByte(ITypeSymbol type, string name)
        => type is INamedTypeSymbol { Arity: 1 } named
            && named.Name == name
            && IsIn(named.ContainingNamespace, "System")
            && named.TypeArguments[0].SpecialType == SpecialType.System_Byte;
}
