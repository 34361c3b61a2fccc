using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Generators.Parsing;

/// <summary>
/// Names types from the global namespace or, where a reference keeps its assembly out of that, from the reference's alias; and notes the aliases, which a file that uses
/// the names must declare.
/// </summary>
internal sealed class TypeNames(Compilation compilation)
{
    private readonly SortedSet<string> _externAliases = new(StringComparer.Ordinal);

    /// <summary>The aliases that the names so far begin with, sorted.</summary>
    public ImmutableArray<string> ExternAliases => [.. _externAliases];

    public string Of(ITypeSymbol type)
    {
        ImmutableArray<SymbolDisplayPart> parts = type.ToDisplayParts(SymbolDisplayFormat.FullyQualifiedFormat);
        StringBuilder name = new();
        for (int i = 0; i < parts.Length; i++)
        {
            name.Append(parts[i].Symbol is INamespaceSymbol { IsGlobalNamespace: true } && AliasOf(parts, i) is { } alias ? alias : parts[i].ToString());
        }

        return name.ToString();
    }

    /// <summary>The alias of the assembly of the type whose name begins with a part; null for the global namespace.</summary>
    private string? AliasOf(ImmutableArray<SymbolDisplayPart> parts, int start)
    {
        for (int i = start + 1; i < parts.Length; i++)
        {
            if (parts[i].Symbol is INamedTypeSymbol type)
            {
                ImmutableArray<string> aliases = compilation.GetMetadataReference(type.ContainingAssembly)?.Properties.Aliases ?? default;
                if (aliases.IsDefaultOrEmpty || aliases.Contains(MetadataReferenceProperties.GlobalAlias))
                {
                    return null;
                }

                _externAliases.Add(aliases[0]);
                return aliases[0];
            }
        }

        return null;
    }
}
