using Microsoft.CodeAnalysis;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.Generators.Parsing;

/// <summary>
/// Of all attributes that lead to a class, the one that yields its model: that of the class, else that of the method with the first name. Not the first
/// in the order of files, so that reordering them changes nothing.
/// </summary>
internal static class LeadingAttribute
{
    /// <summary>Whether the match is the one that yields the model of <paramref name="type"/>.</summary>
    public static bool Is(GeneratorAttributeSyntaxContext match, INamedTypeSymbol type)
    {
        if (CallbackAttributes.OnClass(type) is { } onClass)
        {
            return match.TargetSymbol is INamedTypeSymbol && IsIn(match, onClass);
        }

        return match.TargetSymbol is IMethodSymbol annotated
            && (annotated.PartialDefinitionPart ?? annotated) is var method
            && IsLeadingMethod(method, type)
            && FirstOn(method) is { } first
            && IsIn(match, first);
    }

    private static bool IsLeadingMethod(IMethodSymbol method, INamedTypeSymbol type)
    {
        bool isBefore = true;
        foreach (ISymbol member in type.GetMembers())
        {
            if (ReferenceEquals(member, method))
            {
                isBefore = false;
                continue;
            }

            // Only a member that would precede is worth reading the attributes of.
            int order = string.CompareOrdinal(member.Name, method.Name);
            bool precedes = order < 0 || (order == 0 && isBefore);
            if (precedes && member is IMethodSymbol { IsImplicitlyDeclared: false } other && CallbackAttributes.IsAnnotated(other))
            {
                return false;
            }
        }

        return !isBefore;
    }

    private static AttributeData? FirstOn(IMethodSymbol method)
    {
        foreach (AttributeData attribute in method.GetAttributes())
        {
            if (CallbackAttributes.KindOf(attribute) is not null)
            {
                return attribute;
            }
        }

        return null;
    }

    /// <summary>
    /// Whether the attribute is what was matched. A method may have several attributes, and each part of a partial method or class has its own: every one
    /// of them is a match, but it stands in one declaration and is found by one name.
    /// </summary>
    private static bool IsIn(GeneratorAttributeSyntaxContext match, AttributeData attribute)
    {
        if (attribute.ApplicationSyntaxReference is not { } application
            || application.SyntaxTree != match.TargetNode.SyntaxTree
            || !match.TargetNode.Span.Contains(application.Span))
        {
            return false;
        }

        foreach (AttributeData matched in match.Attributes)
        {
            if (matched.ApplicationSyntaxReference is { } reference && reference.SyntaxTree == application.SyntaxTree && reference.Span == application.Span)
            {
                return true;
            }
        }

        return false;
    }
}
