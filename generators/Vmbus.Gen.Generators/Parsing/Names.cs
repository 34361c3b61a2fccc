using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Vmbus.Gen.Generators.Parsing;

/// <summary>How symbols are written in generated code.</summary>
internal static class Names
{
    /// <summary>A namespace as it is declared.</summary>
    public static SymbolDisplayFormat Declared { get; } = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    /// <summary>A type as it is declared: its name and its type parameters. No class lies in a type whose parameters are variant.</summary>
    public static string DeclaredType(INamedTypeSymbol type)
        => type.Arity == 0 ? Escape(type.Name) : $"{Escape(type.Name)}<{string.Join(", ", type.TypeParameters.Select(static p => Escape(p.Name)))}>";

    /// <summary>With a space behind it; empty where it goes without saying, in an interface.</summary>
    public static string Accessibility(INamedTypeSymbol type)
        => type.ContainingType is { TypeKind: TypeKind.Interface } && type.DeclaredAccessibility == Microsoft.CodeAnalysis.Accessibility.Public
            ? ""
            : SyntaxFacts.GetText(type.DeclaredAccessibility) + " ";

    public static string Keyword(INamedTypeSymbol type) => (type.TypeKind, type.IsRecord) switch
    {
        (TypeKind.Struct, true) => "record struct",
        (TypeKind.Struct, false) => "struct",
        (TypeKind.Interface, _) => "interface",
        (_, true) => "record",
        _ => "class",
    };

    /// <summary>
    /// An identifier as it can be written anywhere. What is a word of the language only in some places, now or in time to come, has lower case letters alone, and some of
    /// these words no type may have as its name without the sign.
    /// </summary>
    public static string Escape(string name)
        => SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || name.All(static c => c is >= 'a' and <= 'z') ? "@" + name : name;
}
