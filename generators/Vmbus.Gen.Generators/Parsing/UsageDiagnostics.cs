using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.Generators.Parsing;

/// <summary>
/// The diagnostics that a use of a handler, or of a type in its signature, gives by an id that its author chose: <c>[Obsolete(DiagnosticId = ...)]</c> and
/// <c>[Experimental(...)]</c>. Who declares the handler has been told; generated code has nothing to add.
/// </summary>
internal static class UsageDiagnostics
{
    /// <summary>Their ids, sorted.</summary>
    public static ImmutableArray<string> Of(ClassShape shape)
    {
        SortedSet<string> ids = new(StringComparer.Ordinal);
        HashSet<ISymbol> seen = new(SymbolEqualityComparer.Default);
        foreach (IMethodSymbol method in shape.Handlers.Select(static h => h.Method).Concat(shape.Callbacks.Select(static c => c.Method)))
        {
            AddIdsOn(method);
            AddIdsIn(method.ReturnType);
            foreach (IParameterSymbol parameter in method.Parameters)
            {
                AddIdsIn(parameter.Type);
            }
        }

        return [.. ids];

        void AddIdsIn(ITypeSymbol? type)
        {
            if (type is not INamedTypeSymbol { SpecialType: SpecialType.None } named || !seen.Add(named))
            {
                return;
            }

            AddIdsOn(named);
            AddIdsIn(named.ContainingType);
            foreach (ITypeSymbol argument in named.TypeArguments)
            {
                AddIdsIn(argument);
            }

            if (seen.Add(named.ContainingAssembly))
            {
                AddIdsOn(named.ContainingAssembly);
            }

            // Structures inside of what is sent back are named, too.
            foreach (ISymbol member in named.IsUnmanagedType ? named.GetMembers() : [])
            {
                if (member is IFieldSymbol { IsStatic: false } field)
                {
                    AddIdsIn(field.Type);
                }
            }
        }

        void AddIdsOn(ISymbol symbol)
        {
            foreach (AttributeData attribute in symbol.GetAttributes())
            {
                if (IdOf(attribute) is { } id && SyntaxFacts.IsValidIdentifier(id))
                {
                    ids.Add(id);
                }
            }
        }
    }

    private static string? IdOf(AttributeData attribute)
        => attribute.Is("ExperimentalAttribute", "System.Diagnostics.CodeAnalysis") ? attribute.ConstructorArguments is [{ Value: string id }] ? id : null
            : attribute.Is("ObsoleteAttribute", "System") ? attribute.NamedArguments.FirstOrDefault(static a => a.Key == "DiagnosticId").Value.Value as string
            : null;
}
