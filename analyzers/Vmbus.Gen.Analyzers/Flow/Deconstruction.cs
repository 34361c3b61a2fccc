using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>What a value is taken apart into: the elements of a tuple, and what the compiler's own <c>Deconstruct</c> of a record yields.</summary>
internal static class Deconstruction
{
    /// <summary>The values that <paramref name="count"/> targets get, null where one is not known; none at all if nothing is known of them.</summary>
    public static ImmutableArray<Value?> Of(Value? value, ITypeSymbol? type, int count)
        => value is Aggregate { IsStructure: true } ? Of(value, FindMethod(type, count), count) : Of(value, deconstruct: null, count);

    /// <param name="value">The value.</param>
    /// <param name="deconstruct">The method that takes it apart; null for a tuple.</param>
    /// <param name="count">Into how many.</param>
    public static ImmutableArray<Value?> Of(Value? value, IMethodSymbol? deconstruct, int count)
        => value is not Aggregate whole ? []
            : whole.IsStructure ? (deconstruct is not null && IsGenerated(deconstruct) ? [.. deconstruct.Parameters.Select(p => whole.Part(MemberOf(p)))] : [])
            : whole.Elements.Length == count ? whole.Elements.CastArray<Value?>()
            : [];

    private static bool IsGenerated(IMethodSymbol method)
        => method.IsImplicitlyDeclared || PureMembers.IsMadeElsewhere(method) || TypeFacts.IsPair(method.ContainingType);

    /// <summary>The member that a parameter gets: a record's has its name, a pair's begins with a capital.</summary>
    private static string MemberOf(IParameterSymbol parameter)
        => TypeFacts.IsPair(parameter.ContainingType) ? char.ToUpperInvariant(parameter.Name[0]) + parameter.Name.Substring(1) : parameter.Name;

    private static IMethodSymbol? FindMethod(ITypeSymbol? type, int count)
        => type?.GetMembers("Deconstruct").OfType<IMethodSymbol>().FirstOrDefault(m => !m.IsStatic && m.Parameters.Length == count);
}
