using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.Generators.Parsing;

/// <summary>Which class declarations are worth reading, by their syntax alone.</summary>
internal static class ClassCandidates
{
    private const string Suffix = "Attribute";

    /// <summary>As they may be written: with and without <c>Attribute</c>.</summary>
    private static readonly ImmutableHashSet<string> Names = [.. CallbackAttributes.Names, .. CallbackAttributes.Names.Select(static n => n.Substring(0, n.Length - Suffix.Length))];

    /// <summary>Whether the class or a method in it has an attribute, whatever its name: it may be an alias.</summary>
    public static bool HasAttributes(SyntaxNode node)
    {
        if (node is not (ClassDeclarationSyntax or RecordDeclarationSyntax))
        {
            return false;
        }

        TypeDeclarationSyntax type = (TypeDeclarationSyntax)node;
        if (type.AttributeLists.Count > 0)
        {
            return true;
        }

        foreach (MemberDeclarationSyntax member in type.Members)
        {
            if (member.AttributeLists.Count > 0 && member is MethodDeclarationSyntax)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether one of the attributes can be one of a callback.</summary>
    /// <param name="node">The declaration.</param>
    /// <param name="hasGlobalAlias">Whether any name may stand for another in all files.</param>
    public static bool MayBind(SyntaxNode node, bool hasGlobalAlias)
    {
        if (!HasAttributes(node))
        {
            return false;
        }

        TypeDeclarationSyntax type = (TypeDeclarationSyntax)node;
        if (hasGlobalAlias || Names(type.AttributeLists) || HasAlias(type))
        {
            return true;
        }

        foreach (MemberDeclarationSyntax member in type.Members)
        {
            if (member is MethodDeclarationSyntax && Names(member.AttributeLists))
            {
                return true;
            }
        }

        return false;

        static bool Names(SyntaxList<AttributeListSyntax> lists)
        {
            foreach (AttributeListSyntax list in lists)
            {
                foreach (AttributeSyntax attribute in list.Attributes)
                {
                    if (ClassCandidates.Names.Contains(LastName(attribute.Name)))
                    {
                        return true;
                    }
                }
            }

            return false;
        }
    }

    private static bool HasAlias(SyntaxNode node)
    {
        for (SyntaxNode? current = node.Parent; current is not null; current = current.Parent)
        {
            SyntaxList<UsingDirectiveSyntax> usings = current switch
            {
                CompilationUnitSyntax unit => unit.Usings,
                BaseNamespaceDeclarationSyntax space => space.Usings,
                _ => default,
            };
            foreach (UsingDirectiveSyntax directive in usings)
            {
                if (directive.Alias is not null)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static string LastName(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => LastName(qualified.Right),
        AliasQualifiedNameSyntax qualified => LastName(qualified.Name),
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };
}
