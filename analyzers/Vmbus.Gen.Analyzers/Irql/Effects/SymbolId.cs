using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Irql.Effects;

/// <summary>Hashes the documentation comment id of a method without writing it down.</summary>
internal static class SymbolId
{
    /// <summary>The hash of the id of a method's definition.</summary>
    /// <param name="method">A method, constructor, operator or accessor as it is declared.</param>
    /// <param name="seed">The seed of the table that is asked.</param>
    /// <param name="withoutParameters">The hash of the id up to the parameters, which stands for all overloads.</param>
    public static ulong HashOf(IMethodSymbol method, uint seed, out ulong withoutParameters)
    {
        method = ExtensionBlocks.ImplementationOf(method);
        var hash = new MemberHash(seed);
        hash.Append("M:");
        AppendDefinition(ref hash, method.ContainingType);
        hash.Append('.');
        AppendName(ref hash, method.MetadataName);
        withoutParameters = hash.Value;
        if (method.TypeParameters.Length > 0)
        {
            hash.Append("``");
            hash.Append(method.TypeParameters.Length);
        }

        ImmutableArray<IParameterSymbol> parameters = method.Parameters;
        for (int i = 0; i < parameters.Length; i++)
        {
            hash.Append(i == 0 ? '(' : ',');
            AppendType(ref hash, parameters[i].Type);
            if (parameters[i].RefKind != RefKind.None)
            {
                hash.Append('@');
            }
        }

        if (parameters.Length > 0)
        {
            hash.Append(')');
        }

        if (method.MethodKind == MethodKind.Conversion)
        {
            hash.Append('~');
            AppendType(ref hash, method.ReturnType);
        }

        return hash.Value;
    }

    /// <summary>Names of explicit implementations are escaped: they hold the name of an interface.</summary>
    private static void AppendName(ref MemberHash hash, string name)
    {
        foreach (char c in name)
        {
            hash.Append(c switch
            {
                '.' => '#',
                '<' => '{',
                '>' => '}',
                _ => c,
            });
        }
    }

    private static void AppendDefinition(ref MemberHash hash, INamedTypeSymbol type)
    {
        AppendContainer(ref hash, type);
        hash.Append(type.MetadataName);
    }

    private static void AppendContainer(ref MemberHash hash, INamedTypeSymbol type)
    {
        if (type.ContainingType is { } outer)
        {
            AppendDefinition(ref hash, outer);
            hash.Append('.');
        }
        else
        {
            AppendNamespace(ref hash, type.ContainingNamespace);
        }
    }

    private static void AppendNamespace(ref MemberHash hash, INamespaceSymbol? space)
    {
        if (space is { IsGlobalNamespace: false })
        {
            AppendNamespace(ref hash, space.ContainingNamespace);
            hash.Append(space.MetadataName);
            hash.Append('.');
        }
    }

    private static void AppendType(ref MemberHash hash, ITypeSymbol type)
    {
        switch (type)
        {
            case IArrayTypeSymbol array:
                AppendType(ref hash, array.ElementType);
                hash.Append('[');
                for (int i = 0; i < array.Rank && array.Rank > 1; i++)
                {
                    hash.Append(i == 0 ? "0:" : ",0:");
                }

                hash.Append(']');
                break;
            case IPointerTypeSymbol pointer:
                AppendType(ref hash, pointer.PointedAtType);
                hash.Append('*');
                break;
            case ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method } parameter:
                hash.Append("``");
                hash.Append(parameter.Ordinal);
                break;
            case ITypeParameterSymbol parameter:
                hash.Append('`');
                hash.Append(parameter.Ordinal + ArityAround(parameter.DeclaringType));
                break;
            case IDynamicTypeSymbol:
                hash.Append("System.Object");
                break;
            case INamedTypeSymbol named:
                AppendUse(ref hash, named);
                break;
        }
    }

    /// <summary>A type as a signature names it: each of nested types with its own type arguments.</summary>
    private static void AppendUse(ref MemberHash hash, INamedTypeSymbol type)
    {
        if (type.IsTupleType && type.TupleUnderlyingType is { } tuple && !SymbolEqualityComparer.Default.Equals(tuple, type))
        {
            type = tuple;
        }

        if (type.ContainingType is { } outer)
        {
            AppendUse(ref hash, outer);
            hash.Append('.');
        }
        else
        {
            AppendNamespace(ref hash, type.ContainingNamespace);
        }

        hash.Append(type.Name);
        for (int i = 0; i < type.TypeArguments.Length; i++)
        {
            hash.Append(i == 0 ? '{' : ',');
            AppendType(ref hash, type.TypeArguments[i]);
        }

        if (type.TypeArguments.Length > 0)
        {
            hash.Append('}');
        }
    }

    private static int ArityAround(INamedTypeSymbol? type)
    {
        int count = 0;
        for (INamedTypeSymbol? outer = type?.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            count += outer.Arity;
        }

        return count;
    }
}
