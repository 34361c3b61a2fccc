using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Generators.Parsing;

/// <summary>Names types in C, where a name has letters, digits and underscores only.</summary>
internal static class SymbolNames
{
    /// <summary>
    /// <c>Namespace_Outer_Class</c>. As in JNI an underscore of a name becomes <c>_1</c> and any other character <c>_0xxxx</c>, so that different types never have
    /// the same name.
    /// </summary>
    public static string Of(INamedTypeSymbol type)
    {
        StringBuilder name = new();
        Append(name, type);
        return name.ToString();
    }

    private static void Append(StringBuilder name, ISymbol symbol)
    {
        if (symbol.ContainingSymbol is INamedTypeSymbol or INamespaceSymbol { IsGlobalNamespace: false })
        {
            Append(name, symbol.ContainingSymbol);
            name.Append('_');
        }

        foreach (char c in symbol.Name)
        {
            if (c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9'))
            {
                name.Append(c);
            }
            else if (c == '_')
            {
                name.Append("_1");
            }
            else
            {
                name.Append("_0").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            }
        }
    }
}
