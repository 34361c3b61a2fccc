using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Architecture.Tests;

/// <summary>The public surface of the run time as text: a line for each type and each member that code outside can use.</summary>
internal static class PublicApi
{
    private static readonly SymbolDisplayFormat Format = new(
        globalNamespaceStyle: SymbolDisplayGlobalNamespaceStyle.Omitted,
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints | SymbolDisplayGenericsOptions.IncludeVariance,
        memberOptions: SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType
            | SymbolDisplayMemberOptions.IncludeModifiers | SymbolDisplayMemberOptions.IncludeAccessibility | SymbolDisplayMemberOptions.IncludeRef
            | SymbolDisplayMemberOptions.IncludeConstantValue | SymbolDisplayMemberOptions.IncludeExplicitInterface,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeParamsRefOut
            | SymbolDisplayParameterOptions.IncludeDefaultValue,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        delegateStyle: SymbolDisplayDelegateStyle.NameAndSignature,
        kindOptions: SymbolDisplayKindOptions.IncludeTypeKeyword,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
            | SymbolDisplayMiscellaneousOptions.AllowDefaultLiteral);

    /// <summary>Types in the order of their names, each followed by its members, indented.</summary>
    public static IReadOnlyList<string> List()
    {
        CSharpCompilation compilation = CSharpCompilation.Create("Surface", references: ReferenceAssemblies.Default);
        IAssemblySymbol assembly = (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(ReferenceAssemblies.Vmbus)!;
        List<string> lines = [];
        foreach (INamedTypeSymbol type in TypesIn(assembly.GlobalNamespace).OrderBy(static t => t.ToDisplayString(), StringComparer.Ordinal))
        {
            lines.Add(Describe(type));
            lines.AddRange(type.GetMembers().Where(IsListed).Select(static m => "    " + m.ToDisplayString(Format)).Order(StringComparer.Ordinal));
        }

        return lines;
    }

    private static IEnumerable<INamedTypeSymbol> TypesIn(INamespaceOrTypeSymbol container)
    {
        foreach (INamespaceOrTypeSymbol member in container.GetMembers().OfType<INamespaceOrTypeSymbol>())
        {
            if (member is INamedTypeSymbol type)
            {
                if (!IsVisible(type))
                {
                    continue;
                }

                yield return type;
            }

            foreach (INamedTypeSymbol nested in TypesIn(member))
            {
                yield return nested;
            }
        }
    }

    private static bool IsListed(ISymbol member)
        => IsVisible(member)
            && member is not INamedTypeSymbol
            && member.ContainingType.TypeKind != TypeKind.Delegate
            && member is not IMethodSymbol { MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.EventAdd or MethodKind.EventRemove }
            && member is not IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum, HasConstantValue: false }
            && !IsDefaultConstructorOfStruct(member);

    private static bool IsDefaultConstructorOfStruct(ISymbol member)
        => member is IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters.IsEmpty: true, ContainingType.IsValueType: true };

    private static string Describe(INamedTypeSymbol type)
    {
        string text = type.ToDisplayString(Format);
        if (type.TypeKind == TypeKind.Delegate)
        {
            return text;
        }

        string modifiers = (type.DeclaredAccessibility == Accessibility.Protected ? "protected " : "public ")
            + (type.IsStatic ? "static " : type.IsSealed && type.TypeKind == TypeKind.Class ? "sealed " : type.IsAbstract && type.TypeKind == TypeKind.Class ? "abstract " : "");
        IEnumerable<string> bases = type.AllInterfaces.Where(static i => i.DeclaredAccessibility == Accessibility.Public).Select(static i => i.ToDisplayString(Format).Replace("interface ", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        if (type is { TypeKind: TypeKind.Class, BaseType: { SpecialType: not SpecialType.System_Object } baseType })
        {
            bases = bases.Prepend(baseType.ToDisplayString(Format).Replace("class ", "", StringComparison.Ordinal));
        }

        if (type.EnumUnderlyingType is { } underlying)
        {
            bases = [underlying.ToDisplayString(Format)];
        }

        string list = string.Join(", ", bases);
        return modifiers + text + (list.Length == 0 ? "" : " : " + list);
    }

    private static bool IsVisible(ISymbol symbol)
        => symbol.DeclaredAccessibility is Accessibility.Public
            || (symbol.DeclaredAccessibility is Accessibility.Protected or Accessibility.ProtectedOrInternal && symbol.ContainingType is { IsSealed: false });
}
