using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Generators.Parsing;

/// <summary>Names generated files after their classes.</summary>
internal static class HintNames
{
    private const int MaximumReadableLength = 120;

    /// <summary>
    /// <c>Namespace.Outer.Class.1a2b3c4d.g.cs</c>. The number tells classes apart whose names differ only in case, which the compiler takes for one file, and
    /// those whose readable part was shortened.
    /// </summary>
    public static string Of(INamedTypeSymbol type)
    {
        StringBuilder name = new();
        Append(name, type);
        string full = name.ToString();
        string readable = full.Length > MaximumReadableLength ? full.Substring(full.Length - MaximumReadableLength).TrimStart('.') : full;
        return Sanitized(readable) + "." + Hash(full).ToString("x8", CultureInfo.InvariantCulture) + ".g.cs";
    }

    private static void Append(StringBuilder name, ISymbol symbol)
    {
        if (symbol.ContainingSymbol is INamedTypeSymbol or INamespaceSymbol { IsGlobalNamespace: false })
        {
            Append(name, symbol.ContainingSymbol);
            name.Append('.');
        }

        name.Append(symbol.Name);
        if (symbol is INamedTypeSymbol { Arity: > 0 and int arity })
        {
            name.Append('_').Append(arity.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>What a file name cannot hold everywhere stays in the number alone.</summary>
    private static string Sanitized(string name)
    {
        StringBuilder sanitized = new(name.Length);
        foreach (char c in name)
        {
            sanitized.Append(c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '.' ? c : '-');
        }

        return sanitized.ToString();
    }

    /// <summary>FNV-1a.</summary>
    private static uint Hash(string text)
    {
        uint hash = 2166136261;
        foreach (char c in text)
        {
            hash = unchecked((hash ^ c) * 16777619);
        }

        return hash;
    }
}
