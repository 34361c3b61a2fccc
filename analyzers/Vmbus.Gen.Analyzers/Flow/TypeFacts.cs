using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>What is known of the values of a type.</summary>
internal static class TypeFacts
{
    public static bool IsBoolean(IOperation operation) => operation.Type?.SpecialType == SpecialType.System_Boolean;

    /// <summary>Whether a type is a pair of key and value: a structure of the framework that, like a tuple, is what it holds.</summary>
    public static bool IsPair(INamedTypeSymbol type) => type is { Name: "KeyValuePair", Arity: 2 } && NamespaceNames.IsFramework(type);

    public static bool IsNumber(ITypeSymbol type) => type.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_UInt64;

    public static bool IsInteger(ITypeSymbol? type)
        => type is { TypeKind: TypeKind.Enum } or { SpecialType: >= SpecialType.System_Boolean and <= SpecialType.System_UInt64 };

    /// <summary>Whether counting in a type does not come round.</summary>
    public static bool IsWideInteger(ITypeSymbol type)
        => type.SpecialType is SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64;

    /// <summary>Whether an integer of one type keeps its value as another one whatever it is.</summary>
    public static bool Contains(ITypeSymbol wide, ITypeSymbol narrow)
    {
        (long low, long high) = Limits(narrow);
        (long wideLow, long wideHigh) = Limits(wide);
        return wideLow <= low && high <= wideHigh;
    }

    public static (long Low, long High) Limits(ITypeSymbol type) => Limits(Underlying(type));

    private static SpecialType Underlying(ITypeSymbol type)
        => type is INamedTypeSymbol { EnumUnderlyingType: { } underlying } ? underlying.SpecialType : type.SpecialType;

    private static (long Low, long High) Limits(SpecialType type) => type switch
    {
        SpecialType.System_Boolean => (0, 1),
        SpecialType.System_SByte => (sbyte.MinValue, sbyte.MaxValue),
        SpecialType.System_Byte => (byte.MinValue, byte.MaxValue),
        SpecialType.System_Int16 => (short.MinValue, short.MaxValue),
        SpecialType.System_UInt16 or SpecialType.System_Char => (ushort.MinValue, ushort.MaxValue),
        SpecialType.System_Int32 => (int.MinValue, int.MaxValue),
        SpecialType.System_UInt32 => (uint.MinValue, uint.MaxValue),
        _ => (long.MinValue, long.MaxValue),
    };
}
