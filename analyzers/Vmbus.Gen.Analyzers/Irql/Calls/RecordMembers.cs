using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Analyzers.Irql.Calls;

/// <summary>The members that the compiler makes for a record: no code of theirs is written, but they call what is.</summary>
internal static class RecordMembers
{
    public static bool IsMade(IMethodSymbol method) => method is { IsImplicitlyDeclared: true, ContainingType.IsRecord: true, MethodKind: MethodKind.Ordinary or MethodKind.UserDefinedOperator };

    /// <summary>What is written that a method runs: the method itself, if it is.</summary>
    public static IEnumerable<IMethodSymbol> CodeOf(IMethodSymbol method)
    {
        if (!IsMade(method))
        {
            return [method];
        }

        INamedTypeSymbol record = method.ContainingType;
        return method.Name switch
        {
            WellKnownMemberNames.EqualityOperatorName or WellKnownMemberNames.InequalityOperatorName or nameof(Equals) => ComparersOf(record),
            "<Clone>$" => record.InstanceConstructors.Where(c => c.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(c.Parameters[0].Type, record)).Where(IsWritten),
            nameof(ToString) => PrintersOf(record),
            "Deconstruct" => method.Parameters.Select(p => record.GetMembers(p.Name).OfType<IPropertySymbol>().FirstOrDefault()?.GetMethod).OfType<IMethodSymbol>().Where(IsWritten),
            _ => [],
        };
    }

    private static IEnumerable<IMethodSymbol> ComparersOf(INamedTypeSymbol record)
        => record.GetMembers(nameof(Equals)).OfType<IMethodSymbol>().Where(m => m.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(m.Parameters[0].Type, record) && IsWritten(m));

    /// <summary>What writes the members down: a method for it, or the getters of all that are public.</summary>
    private static IEnumerable<IMethodSymbol> PrintersOf(INamedTypeSymbol record)
    {
        IMethodSymbol[] written = [.. record.GetMembers("PrintMembers").OfType<IMethodSymbol>().Where(IsWritten)];
        if (written.Length > 0)
        {
            return written;
        }

        IEnumerable<IMethodSymbol> getters = record.GetMembers().OfType<IPropertySymbol>()
            .Where(static p => p is { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public })
            .Select(static p => p.GetMethod)
            .OfType<IMethodSymbol>();
        return record.BaseType is { IsRecord: true } ancestor ? PrintersOf(ancestor).Concat(getters) : getters;
    }

    private static bool IsWritten(IMethodSymbol method) => !method.IsImplicitlyDeclared;
}
