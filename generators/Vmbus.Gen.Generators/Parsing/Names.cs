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

    /// <summary>A type as it is declared: its name and its type parameters.</summary>
    public static SymbolDisplayFormat DeclaredType { get; } = new(
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeVariance,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

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

    public static string Escape(string name)
        => SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;
}
