using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Analyzers.Flow;

/// <summary>
/// Extension blocks, the one part of the language here that the oldest compiler which loads the analyzers has no symbols for: what newer ones say of them is asked for by
/// name, once. On an older compiler nothing is a block.
/// </summary>
internal static class ExtensionBlocks
{
    private static readonly Func<INamedTypeSymbol, IParameterSymbol?>? ParameterOf = Getter<INamedTypeSymbol, IParameterSymbol?>("ExtensionParameter");
    private static readonly Func<IMethodSymbol, IMethodSymbol?>? CompiledAs = Getter<IMethodSymbol, IMethodSymbol?>("AssociatedExtensionImplementation");
    private static readonly bool AreKnown = Enum.TryParse("Extension", out Kind) && ParameterOf is not null && CompiledAs is not null;
    private static readonly TypeKind Kind;

    /// <summary>The receiver that an instance member of a block takes; null for every other method.</summary>
    public static IParameterSymbol? ReceiverOf(IMethodSymbol method)
        => AreKnown && !method.IsStatic && method.ContainingSymbol is INamedTypeSymbol type && type.TypeKind == Kind ? ParameterOf!(type) : null;

    /// <summary>Whether a property is an instance member of a block.</summary>
    public static bool Contain(IPropertySymbol property) => AreKnown && !property.IsStatic && property.ContainingType is { } type && type.TypeKind == Kind;

    /// <summary>The class around a block, which is what code and metadata name; any other type itself.</summary>
    public static INamedTypeSymbol HostOf(INamedTypeSymbol type) => AreKnown && type.TypeKind == Kind && type.ContainingType is { } host ? host : type;

    /// <summary>The static method that a member of a block is compiled to; any other method itself.</summary>
    public static IMethodSymbol ImplementationOf(IMethodSymbol method)
        => AreKnown && method.ContainingType is { } type && type.TypeKind == Kind ? CompiledAs!(method)?.OriginalDefinition ?? method : method;

    /// <summary>The member of a block that a static method was made of by the compiler, where both are written in source; any other method itself.</summary>
    public static IMethodSymbol MemberOf(IMethodSymbol method)
        => AreKnown && method is { IsStatic: true, IsImplicitlyDeclared: true, MethodKind: MethodKind.Ordinary, ContainingType: { IsStatic: true } host } ? FindMember(method, host) ?? method : method;

    private static IMethodSymbol? FindMember(IMethodSymbol implementation, INamedTypeSymbol host)
    {
        foreach (INamedTypeSymbol block in host.GetTypeMembers())
        {
            if (block.TypeKind != Kind)
            {
                continue;
            }

            foreach (ISymbol declared in block.GetMembers(implementation.Name))
            {
                if (declared is IMethodSymbol member && SymbolEqualityComparer.Default.Equals(CompiledAs!(member)?.OriginalDefinition, implementation.OriginalDefinition))
                {
                    return Construct(member, block, implementation);
                }
            }
        }

        return null;
    }

    /// <summary>The implementation has the type parameters of the block, and then those of the member.</summary>
    private static IMethodSymbol Construct(IMethodSymbol member, INamedTypeSymbol block, IMethodSymbol implementation)
    {
        int own = block.TypeParameters.Length;
        if (SymbolEqualityComparer.Default.Equals(implementation, implementation.OriginalDefinition) || implementation.TypeArguments.Length != own + member.TypeParameters.Length)
        {
            return member;
        }

        ITypeSymbol[] arguments = [.. implementation.TypeArguments];
        IMethodSymbol constructed = own == 0
            ? member
            : block.Construct([.. arguments.Take(own)]).GetMembers(member.Name).OfType<IMethodSymbol>().FirstOrDefault(m => SymbolEqualityComparer.Default.Equals(m.OriginalDefinition, member)) ?? member;
        return arguments.Length == own ? constructed : constructed.Construct([.. arguments.Skip(own)]);
    }

    private static Func<TSymbol, TResult>? Getter<TSymbol, TResult>(string property)
    {
        PropertyInfo? found = typeof(TSymbol).GetProperty(property) ?? typeof(TSymbol).GetInterfaces().Select(i => i.GetProperty(property)).FirstOrDefault(static p => p is not null);
        return found?.GetGetMethod() is { } getter && typeof(TResult).IsAssignableFrom(getter.ReturnType)
            ? (Func<TSymbol, TResult>?)Delegate.CreateDelegate(typeof(Func<TSymbol, TResult>), getter, throwOnBindFailure: false)
            : null;
    }
}
