using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>Members that only look: what they yield depends on the value alone, or on memory that only writes change.</summary>
internal static class PureMembers
{
    /// <summary>A property that cannot throw: an automatic one, or the length of something.</summary>
    public static bool IsTrivialGetter(IPropertySymbol property)
        => IsLength(property) || (HasField(property) && IsGenerated(property.GetMethod)) || IsAutomaticElsewhere(property) || (property.IsStatic && property.Name is "Empty" or "Zero");

    /// <summary>A property whose value cannot change while its receiver stays the same value.</summary>
    public static bool IsFixed(IPropertySymbol property) => IsFixedByDefinition(property.OriginalDefinition);

    /// <summary>The accessors of a constructed type's property would be made anew each time.</summary>
    private static bool IsFixedByDefinition(IPropertySymbol property)
        => !property.IsIndexer
            && (property.IsReadOnly || property.SetMethod is { IsInitOnly: true })
            && (IsLength(property)
                || property.ContainingType.IsValueType
                || property.ContainingType.SpecialType == SpecialType.System_String
                || IsAutomatic(property));

    /// <summary>Whether a property is its field and nothing else: no accessor has a body, in which the keyword <c>field</c> may stand.</summary>
    public static bool IsAutomatic(IPropertySymbol property) => HasField(property) && IsGenerated(property.GetMethod) && IsGenerated(property.SetMethod);

    /// <summary>Whether a property of another assembly is its field and nothing else.</summary>
    public static bool IsAutomaticElsewhere(IPropertySymbol property)
        => property is { IsIndexer: false, IsAbstract: false, IsVirtual: false, IsOverride: false, DeclaringSyntaxReferences.Length: 0, GetMethod: { } getter } && IsMadeElsewhere(getter);

    /// <summary>Whether the compiler of another assembly has made a method that is written nowhere.</summary>
    public static bool IsMadeElsewhere(IMethodSymbol method)
    {
        method = method.OriginalDefinition;
        if (method.DeclaringSyntaxReferences.Length > 0 || method.Locations is not [{ IsInMetadata: true }, ..])
        {
            return false;
        }

        foreach (AttributeData attribute in method.GetAttributes())
        {
            if (attribute.AttributeClass is { Name: "CompilerGeneratedAttribute", ContainingNamespace.Name: "CompilerServices" })
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsGenerated(IMethodSymbol? accessor)
        => accessor is null || MethodBodies.Implementation(accessor) is not { DeclaringSyntaxReferences: [var written, ..] }
            || written.GetSyntax() is not (AccessorDeclarationSyntax { Body: not null } or AccessorDeclarationSyntax { ExpressionBody: not null } or ArrowExpressionClauseSyntax);

    /// <summary>Whether the compiler has made a field for a property, which its accessors may use.</summary>
    public static bool HasField(IPropertySymbol property)
    {
        // Of another assembly nothing tells; and the members of a constructed type would be made anew.
        property = property.OriginalDefinition;
        if (property.IsAbstract || property.IsVirtual || property.IsOverride || property.IsIndexer || property.IsExtern || property.Locations is not [{ IsInSource: true }, ..])
        {
            return false;
        }

        foreach (ISymbol member in property.ContainingType.GetMembers())
        {
            if (member is IFieldSymbol { AssociatedSymbol: { } owner } && SymbolEqualityComparer.Default.Equals(owner, property))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsLength(IPropertySymbol property)
        => property.Name is "Length" or "IsEmpty" or "HasValue"
            && (property.ContainingType is { IsValueType: true }
                || property.ContainingType.SpecialType is SpecialType.System_String or SpecialType.System_Array);
}
