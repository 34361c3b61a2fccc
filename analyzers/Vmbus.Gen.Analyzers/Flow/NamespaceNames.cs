using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>The names of namespaces, each written down once: they are asked for at every call.</summary>
internal static class NamespaceNames
{
    private static readonly ConditionalWeakTable<INamespaceSymbol, string> Known = new();

    /// <summary>The whole name of the namespace around a symbol.</summary>
    public static string Of(ISymbol symbol) => symbol.ContainingNamespace is { } space ? Known.GetValue(space, static s => s.ToDisplayString()) : "";

    /// <summary>Whether a symbol stands in the framework's namespaces, and not in this compilation.</summary>
    public static bool IsFramework(ISymbol symbol) => IsWithin(symbol, "System") && symbol.Locations is not [{ IsInSource: true }, ..];

    /// <summary>Whether a symbol stands in a namespace or in one inside it.</summary>
    public static bool IsWithin(ISymbol symbol, string space)
        => Of(symbol) is var name && name.StartsWith(space, StringComparison.Ordinal) && (name.Length == space.Length || name[space.Length] == '.');
}
