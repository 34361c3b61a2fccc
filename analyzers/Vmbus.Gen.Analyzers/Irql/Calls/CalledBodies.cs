using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Irql.Calls;

/// <summary>What may run when a call is made: the method itself, its overrides, or the implementations of an interface's member.</summary>
internal sealed class CalledBodies(TypeHierarchy hierarchy)
{
    /// <summary>The method that the call is known to reach; an interface's or virtual one if nothing more is known.</summary>
    public static IMethodSymbol Resolve(CallTarget call, TypeSubstitution substitution)
    {
        IMethodSymbol method = MethodBodies.Declared(call.Method);
        ITypeSymbol? type = method.IsStatic ? substitution.Of(call.Constrained) : substitution.Of(ReceiverType(call.Instance));
        if (method.ContainingType is { TypeKind: TypeKind.Interface } && type is { TypeKind: TypeKind.Class or TypeKind.Struct })
        {
            return Implementation(type, method) ?? method;
        }

        if (call.IsVirtual && type is { TypeKind: TypeKind.Class or TypeKind.Struct })
        {
            for (ITypeSymbol? t = type; t is not null; t = t.BaseType)
            {
                foreach (ISymbol member in t.GetMembers(method.Name))
                {
                    for (IMethodSymbol? m = member as IMethodSymbol; m is not null; m = m.OverriddenMethod)
                    {
                        if (SymbolEqualityComparer.Default.Equals(m.OriginalDefinition, method.OriginalDefinition))
                        {
                            return (IMethodSymbol)member;
                        }
                    }
                }
            }
        }

        return method;
    }

    /// <summary>The methods that may run, as keys of what is known of them.</summary>
    public ImmutableArray<IMethodSymbol> Of(CallTarget call, TypeSubstitution substitution)
    {
        ImmutableArray<IMethodSymbol> bodies = Find(call, substitution);
        return bodies.Any(RecordMembers.IsMade) ? [.. bodies.SelectMany(RecordMembers.CodeOf).Distinct<IMethodSymbol>(SymbolEqualityComparer.Default)] : bodies;
    }

    private ImmutableArray<IMethodSymbol> Find(CallTarget call, TypeSubstitution substitution)
    {
        IMethodSymbol method = Resolve(call, substitution);
        ITypeSymbol? receiver = substitution.Of(ReceiverType(call.Instance));
        bool isOpen = method.ContainingType.TypeKind == TypeKind.Interface
            ? method.IsAbstract || method.IsVirtual
            : call.IsVirtual || call.Method.ContainingType.TypeKind == TypeKind.Interface;
        isOpen &= (method.IsAbstract || method.IsVirtual || method.IsOverride) && !method.IsSealed && !method.ContainingType.IsSealed
            && !(receiver is { IsSealed: true, TypeKind: TypeKind.Class } or { TypeKind: TypeKind.Struct });
        if (!isOpen)
        {
            return method.IsAbstract ? [] : [substitution.Of(method)];
        }

        ImmutableArray<IMethodSymbol> all = hierarchy.Implementations(method);
        return receiver is INamedTypeSymbol { TypeKind: TypeKind.Interface } narrowed && !SymbolEqualityComparer.Default.Equals(narrowed.OriginalDefinition, method.ContainingType.OriginalDefinition)
            ? [.. all.Where(m => m.ContainingType.AllInterfaces.Any(i => SymbolEqualityComparer.Default.Equals(i.OriginalDefinition, narrowed.OriginalDefinition)))]
            : all;
    }

    private static IMethodSymbol? Implementation(ITypeSymbol type, IMethodSymbol member)
    {
        if (type.FindImplementationForInterfaceMember(member) is IMethodSymbol direct)
        {
            return direct;
        }

        // The interface may be seen with other type arguments than the type implements it with.
        foreach (INamedTypeSymbol implemented in type.AllInterfaces)
        {
            if (SymbolEqualityComparer.Default.Equals(implemented.OriginalDefinition, member.ContainingType.OriginalDefinition)
                && implemented.GetMembers(member.Name).OfType<IMethodSymbol>().FirstOrDefault(m => SymbolEqualityComparer.Default.Equals(m.OriginalDefinition, member.OriginalDefinition)) is { } constructed)
            {
                return type.FindImplementationForInterfaceMember(constructed) as IMethodSymbol;
            }
        }

        return null;
    }

    private static ITypeSymbol? ReceiverType(IOperation? instance)
    {
        while (instance is IConversionOperation { IsImplicit: true, OperatorMethod: null } conversion)
        {
            instance = conversion.Operand;
        }

        return instance?.Type;
    }
}
