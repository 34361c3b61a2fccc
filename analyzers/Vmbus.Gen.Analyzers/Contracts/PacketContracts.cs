using Microsoft.CodeAnalysis;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Contracts;

internal enum PacketDutyKind
{
    /// <summary>Nothing is said: the body tells.</summary>
    None,

    /// <summary>The callee takes over the duty to complete.</summary>
    Completes,

    /// <summary>The callee looks only; the caller owes.</summary>
    Borrows,
}

/// <summary>Who owes a packet that a method takes.</summary>
internal sealed class PacketContracts(VmbusTypes types)
{
    public VmbusTypes Types { get; } = types;

    /// <summary>Who owes the packet that <paramref name="parameter"/> receives: by its own attribute, by what its method overrides or implements, or as a handler's.</summary>
    public PacketDutyKind KindOf(IParameterSymbol parameter)
    {
        if (!Types.IsPacket(parameter.Type))
        {
            return PacketDutyKind.None;
        }

        // A parameter of a type parameter says it for the calls that pass a packet.
        bool isInline = Types.IsInlinePacket(parameter.Type);
        parameter = parameter.OriginalDefinition;
        if (Own(parameter) is not PacketDutyKind.None and var own)
        {
            return own;
        }

        // The framework knows no packet, and the members of its constructed types would be made anew.
        if (parameter.ContainingSymbol is not IMethodSymbol method || NamespaceNames.IsFramework(method))
        {
            return PacketDutyKind.None;
        }

        if (isInline && IsHandler(method))
        {
            return method.ReturnsVoid ? PacketDutyKind.Completes : PacketDutyKind.Borrows;
        }

        for (IMethodSymbol? overridden = method.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
        {
            if (Own(overridden.OriginalDefinition.Parameters[parameter.Ordinal]) is not PacketDutyKind.None and var inherited)
            {
                return inherited;
            }
        }

        foreach (IMethodSymbol member in ImplementedMembers(method))
        {
            if (Own(member.OriginalDefinition.Parameters[parameter.Ordinal]) is not PacketDutyKind.None and var declared)
            {
                return declared;
            }
        }

        return PacketDutyKind.None;
    }

    /// <summary>Whether the method is called with the packet's memory: a handler, or a hand-written <c>ProcessPacket</c>.</summary>
    public bool IsCallback(IMethodSymbol method)
        => IsHandler(method) || ImplementedMembers(method).Any(m => m.Name == "ProcessPacket" && VmbusTypes.Same(m.ContainingType, Types.ChannelCallbacks));

    /// <summary>Whether the method is bound to a message by <c>[ProcessPacket]</c>, itself or through what it overrides.</summary>
    public bool IsHandler(IMethodSymbol method) => HandlerAttribute(method) is not null;

    public AttributeData? HandlerAttribute(IMethodSymbol method)
    {
        for (IMethodSymbol? declared = method; declared is not null; declared = declared.OverriddenMethod)
        {
            if (VmbusTypes.FindAttribute(declared, Types.ProcessPacketAttribute) is { } attribute)
            {
                return attribute;
            }
        }

        return null;
    }

    /// <summary>The interface members that a method implements, explicitly or by its name.</summary>
    public static IEnumerable<IMethodSymbol> ImplementedMembers(IMethodSymbol method)
    {
        foreach (IMethodSymbol member in method.ExplicitInterfaceImplementations)
        {
            yield return member;
        }

        if (method.MethodKind is not (MethodKind.Ordinary or MethodKind.PropertyGet or MethodKind.PropertySet) || method.IsStatic || method.DeclaredAccessibility != Accessibility.Public)
        {
            yield break;
        }

        foreach (INamedTypeSymbol contract in method.ContainingType.AllInterfaces)
        {
            foreach (ISymbol member in contract.GetMembers(method.Name))
            {
                if (member is IMethodSymbol candidate
                    && candidate.Parameters.Length == method.Parameters.Length
                    && VmbusTypes.Same(method.ContainingType.FindImplementationForInterfaceMember(candidate), method))
                {
                    yield return candidate;
                }
            }
        }
    }

    private PacketDutyKind Own(IParameterSymbol parameter)
        => VmbusTypes.FindAttribute(parameter, Types.CompletesPacketAttribute) is not null ? PacketDutyKind.Completes
            : VmbusTypes.FindAttribute(parameter, Types.BorrowsPacketAttribute) is not null ? PacketDutyKind.Borrows
            : PacketDutyKind.None;
}
