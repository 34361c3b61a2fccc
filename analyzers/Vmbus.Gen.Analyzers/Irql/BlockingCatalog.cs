using Microsoft.CodeAnalysis;
using Vmbus.Gen.Analyzers.Irql.Effects;

namespace Vmbus.Gen.Analyzers.Irql;

/// <summary>Which members of .NET block.</summary>
internal static class BlockingCatalog
{
    /// <summary>How a method, accessor or constructor blocks, by itself or as an override; of category None if it does not.</summary>
    /// <param name="method">What is called.</param>
    /// <param name="includesMay">Whether to tell of members that may block, too.</param>
    public static BlockingMember Find(IMethodSymbol method, bool includesMay = false)
    {
        EffectsTable table = FrameworkEffects.Table;
        for (IMethodSymbol? declared = method.OriginalDefinition; declared is not null; declared = declared.OverriddenMethod?.OriginalDefinition)
        {
            if (!declared.DeclaringSyntaxReferences.IsEmpty)
            {
                // What is compiled here is judged by its body; without one, by what it overrides.
                if (!declared.IsAbstract)
                {
                    return default;
                }
            }
            else if (table.TryFind(SymbolId.HashOf(declared, table.Seed, out _), out BlockingMember member))
            {
                return member.Grade == BlockingGrade.Does || includesMay ? member : default;
            }
        }

        return default;
    }
}
