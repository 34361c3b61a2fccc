using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Vmbus.Gen.Analyzers.Irql.Effects;

namespace Vmbus.Gen.Analyzers.Irql;

/// <summary>Which members block: by the configuration of the file that calls, by additional files, and by the table of .NET, in this order.</summary>
internal sealed class BlockingCatalog(AnalyzerOptions options)
{
    /// <summary>Further members that block, or do not: lines as in vmbus-effects.txt, separated by <c>|</c>.</summary>
    public const string MembersOption = "vmbus.blocking_members";

    /// <summary>With the value <c>strict</c> members that may block count, too.</summary>
    public const string StrictnessOption = "vmbus.blocking";

    private const string Strict = "strict";

    private readonly ConcurrentDictionary<SyntaxTree, (UserEffects Members, bool IsStrict)> _configured = new();
    private readonly Lazy<UserEffects> _files = new(() => UserEffects.Read(options.AdditionalFiles));

    /// <summary>How a method, accessor or constructor blocks, by itself or as an override; of category None if it does not.</summary>
    /// <param name="method">What is called.</param>
    /// <param name="caller">The file that calls it.</param>
    public BlockingMember Find(IMethodSymbol method, SyntaxTree caller)
    {
        (UserEffects members, bool isStrict) = _configured.GetOrAdd(caller, Configure);
        BlockingMember member = Find(method, members);
        return member.Grade == BlockingGrade.Does || isStrict ? member : default;
    }

    private BlockingMember Find(IMethodSymbol method, UserEffects configured)
    {
        EffectsTable table = FrameworkEffects.Table;
        for (IMethodSymbol? declared = method.OriginalDefinition; declared is not null; declared = declared.OverriddenMethod?.OriginalDefinition)
        {
            if (configured.TryFind(declared, out BlockingMember member) || _files.Value.TryFind(declared, out member))
            {
                return member;
            }

            if (!declared.DeclaringSyntaxReferences.IsEmpty)
            {
                // What is compiled here is judged by its body; without one, by what it overrides.
                if (!declared.IsAbstract)
                {
                    return default;
                }
            }
            else if (table.TryFind(SymbolId.HashOf(declared, table.Seed, out _), out member))
            {
                return member;
            }
        }

        return default;
    }

    private (UserEffects Members, bool IsStrict) Configure(SyntaxTree tree)
    {
        AnalyzerConfigOptions values = options.AnalyzerConfigOptionsProvider.GetOptions(tree);
        return (
            values.TryGetValue(MembersOption, out string? members) ? UserEffects.Parse(members) : UserEffects.None,
            values.TryGetValue(StrictnessOption, out string? strictness) && string.Equals(strictness.Trim(), Strict, StringComparison.OrdinalIgnoreCase));
    }
}
