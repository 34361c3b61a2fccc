using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Vmbus.Gen.Analyzers.Flow;

namespace Vmbus.Gen.Analyzers.Contracts;

/// <summary>At which levels a method may be called: by its attributes, by what it overrides or implements, or because the run time calls it.</summary>
internal sealed class IrqlContracts(VmbusTypes types)
{
    public const long Passive = 0;
    public const long Dispatch = 2;

    public static readonly IntervalSet AnyLevel = IntervalSet.Between(Passive, Dispatch);
    public static readonly IntervalSet AtPassive = IntervalSet.Of(Passive);
    public static readonly IntervalSet AtDispatch = IntervalSet.Of(Dispatch);

    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _contractInterfaces = new(SymbolEqualityComparer.Default);

    /// <summary>The levels at which a method says that it is called; null if it says nothing, and runs at its caller's.</summary>
    public IntervalSet? LevelsOf(IMethodSymbol method)
    {
        method = method.OriginalDefinition;
        for (IMethodSymbol? declared = method; declared is not null; declared = declared.OverriddenMethod)
        {
            if (Own(declared) is { } own)
            {
                return own;
            }
        }

        if (HasContractInterface(method.ContainingType) || method.ExplicitInterfaceImplementations.Length > 0)
        {
            foreach (IMethodSymbol member in PacketContracts.ImplementedMembers(method))
            {
                if (Own(member) is { } inherited)
                {
                    return inherited;
                }
            }
        }

        return null;
    }

    /// <summary>Whether the method says of itself that it blocks.</summary>
    public bool SaysThatItBlocks(IMethodSymbol method) => VmbusTypes.FindAttribute(method.OriginalDefinition, types.BlocksAttribute) is not null;

    private static IntervalSet Range(AttributeData attribute, Func<long, IntervalSet> make)
        => attribute.ConstructorArguments.Length == 1 && attribute.ConstructorArguments[0].Value is { } level
            ? make(Convert.ToInt64(level, CultureInfo.InvariantCulture))
            : AnyLevel;

    private IntervalSet? Own(IMethodSymbol method)
    {
        IntervalSet? levels = null;
        foreach (AttributeData attribute in method.GetAttributes())
        {
            IntervalSet? said = Said(method, attribute);
            levels = said is null ? levels : levels is null ? said : levels.Intersect(said);
        }

        return levels is { IsEmpty: true } ? AnyLevel : levels;
    }

    private IntervalSet? Said(IMethodSymbol method, AttributeData attribute)
    {
        INamedTypeSymbol? type = attribute.AttributeClass;
        if (type is null)
        {
            return null;
        }

        if (VmbusTypes.Same(types.IrqlRequiresMaxAttribute, type))
        {
            return Range(attribute, static level => IntervalSet.Between(Passive, level));
        }

        if (VmbusTypes.Same(types.IrqlRequiresMinAttribute, type))
        {
            return Range(attribute, static level => IntervalSet.Between(level, Dispatch));
        }

        if (VmbusTypes.Same(types.IrqlRequiresAttribute, type))
        {
            return Range(attribute, IntervalSet.Of);
        }

        if (VmbusTypes.Same(types.PacketCompletionRoutineAttribute, type))
        {
            return AnyLevel;
        }

        if (VmbusTypes.Same(types.ProcessPacketAttribute, type) || VmbusTypes.Same(types.ProcessingCompleteAttribute, type))
        {
            return IsAsync(method) || SaysPassive(attribute) || IsProcessedAtPassive(method.ContainingType) ? AtPassive : AnyLevel;
        }

        return type.ContainingNamespace is { Name: "Vmbus" }
            && type.Name is "ChannelOpenedAttribute" or "ChannelClosedAttribute" or "ChannelSuspendAttribute" or "ChannelStartedAttribute" or "ChannelPostStartedAttribute"
                or "SavePacketAttribute" or "RestorePacketAttribute" or "PnpFailureAttribute"
            ? AtPassive
            : null;
    }

    private static bool SaysPassive(AttributeData attribute)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument.Key == "Irql" && argument.Value.Value is { } level)
            {
                return Convert.ToInt64(level, CultureInfo.InvariantCulture) == Passive;
            }
        }

        return false;
    }

    private static bool IsAsync(IMethodSymbol method)
        => method.IsAsync
            || (method.ReturnType is { Name: "Task" or "ValueTask", ContainingNamespace: { Name: "Tasks", ContainingNamespace: { Name: "Threading" } } });

    private bool IsProcessedAtPassive(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (VmbusTypes.FindAttribute(type, types.ChannelCallbacksAttribute) is { } attribute)
            {
                foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
                {
                    if (argument is { Key: "IncomingProcessingAtPassive", Value.Value: bool passive })
                    {
                        return passive;
                    }
                }
            }
        }

        return false;
    }

    private bool HasContractInterface(INamedTypeSymbol? type)
    {
        if (type is null)
        {
            return false;
        }

        foreach (INamedTypeSymbol contract in type.AllInterfaces)
        {
            if (_contractInterfaces.GetOrAdd(contract.OriginalDefinition, HasContractMembers))
            {
                return true;
            }
        }

        return false;
    }

    private bool HasContractMembers(INamedTypeSymbol contract)
    {
        foreach (ISymbol member in contract.GetMembers())
        {
            if (member is IMethodSymbol method && Own(method) is not null)
            {
                return true;
            }
        }

        return false;
    }
}
