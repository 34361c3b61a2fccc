using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>What a value is taken apart into: the elements of a tuple, and what the compiler's own <c>Deconstruct</c> of a record yields.</summary>
internal static class Deconstruction
{
    /// <summary>The values that <paramref name="count"/> targets get, null where one is not known; none at all if nothing is known of them.</summary>
    public static ImmutableArray<Value?> Of(Value? value, ITypeSymbol? type, int count)
        => value is not Aggregate parts ? []
            : parts.IsStructure ? OfStructure(parts, FindMethod(type, count))
            : parts.Elements.Length == count ? parts.Elements.CastArray<Value?>()
            : [];

    public static ImmutableArray<Value?> OfStructure(Aggregate parts, IMethodSymbol? deconstruct)
        => deconstruct is not null && IsGenerated(deconstruct) ? [.. deconstruct.Parameters.Select(p => parts.Part(IsOfPair(deconstruct.ContainingType) ? char.ToUpperInvariant(p.Name[0]) + p.Name.Substring(1) : p.Name))] : [];

    private static bool IsGenerated(IMethodSymbol method)
        => method.IsImplicitlyDeclared || PureMembers.IsMadeElsewhere(method) || IsOfPair(method.ContainingType);

    private static bool IsOfPair(INamedTypeSymbol type) => type.Name == "KeyValuePair";

    private static IMethodSymbol? FindMethod(ITypeSymbol? type, int count)
        => type?.GetMembers("Deconstruct").OfType<IMethodSymbol>().FirstOrDefault(m => !m.IsStatic && m.Parameters.Length == count);
}
