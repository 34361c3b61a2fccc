using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Shape;

/// <summary>Finds the members of IChannelCallbacks that a class implements by hand. They stay; generated code makes the others.</summary>
internal static class HandWrittenCallbacks
{
    private const string Interface = "IChannelCallbacks";

    /// <summary>The members by name, with the methods that implement them.</summary>
    public static Dictionary<string, IMethodSymbol> Find(INamedTypeSymbol type, INamedTypeSymbol? callbacksInterface)
    {
        Dictionary<string, IMethodSymbol> found = new(StringComparer.Ordinal);
        if (callbacksInterface is null || type.IsStatic)
        {
            return found;
        }

        foreach (ISymbol member in type.GetMembers())
        {
            if (member is IMethodSymbol method && Implements(method, callbacksInterface) is { } name && !found.ContainsKey(name) && !GeneratedMembers.IsGenerated(method.AssociatedSymbol ?? method))
            {
                found.Add(name, method);
            }
        }

        return found;
    }

    public static INamedTypeSymbol? FindInterface(IAssemblySymbol? vmbus) => vmbus?.GetTypeByMetadataName(VmbusSymbols.Namespace + "." + Interface);

    /// <summary>The name of the interface's member that the method implements: explicitly, or by being public and having its name and signature.</summary>
    private static string? Implements(IMethodSymbol method, INamedTypeSymbol callbacksInterface)
    {
        if (method.MethodKind is MethodKind.ExplicitInterfaceImplementation or MethodKind.PropertyGet)
        {
            foreach (IMethodSymbol implemented in method.ExplicitInterfaceImplementations)
            {
                if (implemented.ContainingType.IsVmbus(Interface))
                {
                    return (implemented.AssociatedSymbol ?? implemented).Name;
                }
            }
        }

        if (method is not { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsGenericMethod: false })
        {
            return null;
        }

        foreach (ISymbol member in callbacksInterface.GetMembers(method.Name))
        {
            if (member is IMethodSymbol candidate && HasSignature(method, candidate) && !CallbackAttributes.IsAnnotated(method))
            {
                return candidate.Name;
            }
        }

        return null;
    }

    private static bool HasSignature(IMethodSymbol method, IMethodSymbol other)
    {
        if (method.Parameters.Length != other.Parameters.Length || !SymbolEqualityComparer.Default.Equals(method.ReturnType, other.ReturnType))
        {
            return false;
        }

        for (int i = 0; i < method.Parameters.Length; i++)
        {
            if (method.Parameters[i].RefKind != other.Parameters[i].RefKind
                || !SymbolEqualityComparer.Default.Equals(method.Parameters[i].Type, other.Parameters[i].Type))
            {
                return false;
            }
        }

        return true;
    }
}
