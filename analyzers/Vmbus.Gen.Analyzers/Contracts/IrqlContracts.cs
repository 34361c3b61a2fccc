using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Vmbus.Gen.Analyzers.Flow;
using Vmbus.Gen.Shape;

namespace Vmbus.Gen.Analyzers.Contracts;

/// <summary>At which levels a method may be called: by its attributes, by what it overrides or implements, or because the run time calls it.</summary>
internal sealed class IrqlContracts(VmbusTypes types, MethodBodies bodies)
{
    public const long Passive = IrqlLevels.Passive;
    public const long Dispatch = IrqlLevels.Dispatch;

    public static readonly IntervalSet AnyLevel = IntervalSet.Between(Passive, Dispatch);
    /// <summary>Where a channel calls the callbacks that process packets: on a dispatch thread, or deferred.</summary>
    public static readonly IntervalSet OfProcessing = IntervalSet.Of(Passive).Union(IntervalSet.Of(Dispatch));

    public static readonly IntervalSet AtPassive = IntervalSet.Of(Passive);
    public static readonly IntervalSet AtDispatch = IntervalSet.Of(Dispatch);

    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _contractInterfaces = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IAssemblySymbol, bool> _contractAssemblies = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<IMethodSymbol, Contract> _contracts = new(SymbolEqualityComparer.Default);

    /// <summary>The levels at which a method says that it is called; null if it says nothing, and runs at its caller's.</summary>
    public IntervalSet? LevelsOf(IMethodSymbol method) => Of(method).Levels;

    /// <summary>The level at which a method says that it returns, above the one at which it is called; null if it says nothing of it.</summary>
    public long? RaisesTo(IMethodSymbol method) => Of(method).RaisesTo;

    /// <summary>Whether the method says that it returns at the level at which it is called.</summary>
    public bool ReturnsAtSameLevel(IMethodSymbol method) => VmbusTypes.FindAttribute(method.OriginalDefinition, types.IrqlRequiresSameAttribute) is not null;

    /// <summary>The levels at which whoever invokes a delegate of this type does so; null if the type says nothing.</summary>
    public IntervalSet? LevelsOfDelegate(ITypeSymbol? type) => type is INamedTypeSymbol { TypeKind: TypeKind.Delegate } named ? Own(named.OriginalDefinition, null) : null;

    /// <summary>What a function says of its level by its own attributes, whatever it overrides, implements or becomes.</summary>
    public IntervalSet? DeclaredLevelsOf(IMethodSymbol method) => Own(method.OriginalDefinition, method.OriginalDefinition);

    private IntervalSet? FindLevels(IMethodSymbol method)
    {
        switch (method.MethodKind)
        {
            case MethodKind.DelegateInvoke:
                return LevelsOfDelegate(method.ContainingType);
            case MethodKind.AnonymousFunction:
                return Own(method, method) ?? LevelsOfDelegate(bodies.DelegateTypeOf(method));
        }

        for (IMethodSymbol? declared = method; declared is not null; declared = declared.OverriddenMethod)
        {
            if (Own(declared, declared) is { } own)
            {
                return own;
            }
        }

        if (HasContractInterface(method.ContainingType) || method.ExplicitInterfaceImplementations.Length > 0)
        {
            foreach (IMethodSymbol member in PacketContracts.ImplementedMembers(method))
            {
                if (Own(member, member) is { } inherited)
                {
                    return inherited.Contains(Dispatch) && VmbusTypes.Same(member.ContainingType, types.ChannelCallbacks) && member.Name != "PacketCompletionRoutine" ? OfProcessing : inherited;
                }
            }
        }

        return null;
    }

    /// <summary>Whether the method says of itself that it blocks.</summary>
    public bool SaysThatItBlocks(IMethodSymbol method) => Of(method).Blocks;

    /// <summary>All that a method says; its attributes are read once.</summary>
    private Contract Of(IMethodSymbol method)
    {
        method = MethodBodies.Declared(method).OriginalDefinition;
        return MayHaveContract(method) ? _contracts.GetOrAdd(method, Read) : Contract.None;
    }

    private Contract Read(IMethodSymbol method)
    {
        IntervalSet? levels = FindLevels(method);
        bool blocks = (VmbusTypes.FindAttribute(method, types.BlocksAttribute) ?? OfDelegate(method, types.BlocksAttribute)) is not null;
        long? raisesTo = (VmbusTypes.FindAttribute(method, types.IrqlRaisesAttribute) ?? OfDelegate(method, types.IrqlRaisesAttribute)) is { ConstructorArguments: [{ Value: { } level }] }
            ? Convert.ToInt64(level, CultureInfo.InvariantCulture)
            : null;
        return levels is null && !blocks && raisesTo is null ? Contract.None : new Contract(levels, blocks, raisesTo);
    }

    private static AttributeData? OfDelegate(IMethodSymbol method, INamedTypeSymbol? attribute)
        => method.MethodKind == MethodKind.DelegateInvoke ? VmbusTypes.FindAttribute(method.ContainingType, attribute) : null;

    /// <summary>Only who sees the run time can use its attributes; the framework does not.</summary>
    private bool MayHaveContract(IMethodSymbol method)
        => method.ContainingAssembly is not { } assembly || _contractAssemblies.GetOrAdd(assembly, SeesRuntime) || method.OverriddenMethod is not null;

    private bool SeesRuntime(IAssemblySymbol assembly)
    {
        IAssemblySymbol runtime = types.ProcessPacketAttribute.ContainingAssembly;
        if (SymbolEqualityComparer.Default.Equals(assembly, runtime) || assembly is ISourceAssemblySymbol)
        {
            return true;
        }

        foreach (IModuleSymbol module in assembly.Modules)
        {
            foreach (AssemblyIdentity referenced in module.ReferencedAssemblies)
            {
                if (referenced.Equals(runtime.Identity))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static IntervalSet Range(AttributeData attribute, Func<long, IntervalSet> make)
        => attribute.ConstructorArguments.Length == 1 && attribute.ConstructorArguments[0].Value is { } level
            ? make(Convert.ToInt64(level, CultureInfo.InvariantCulture))
            : AnyLevel;

    private IntervalSet? Own(ISymbol symbol, IMethodSymbol? method)
    {
        IntervalSet? levels = null;
        foreach (AttributeData attribute in symbol.GetAttributes())
        {
            IntervalSet? said = Said(method, attribute);
            levels = said is null ? levels : levels is null ? said : levels.Intersect(said);
        }

        return levels is { IsEmpty: true } ? AnyLevel : levels;
    }

    private IntervalSet? Said(IMethodSymbol? method, AttributeData attribute)
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

        if (method is null)
        {
            return null;
        }

        if (VmbusTypes.Same(types.PacketCompletionRoutineAttribute, type))
        {
            return AnyLevel;
        }

        if (VmbusTypes.Same(types.ProcessPacketAttribute, type) || VmbusTypes.Same(types.ProcessingCompleteAttribute, type))
        {
            return IsAsync(method) || SaysPassive(attribute) || IsProcessedAtPassive(method.ContainingType) ? AtPassive : OfProcessing;
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
            if (member is IMethodSymbol method && Own(method, method) is not null)
            {
                return true;
            }
        }

        return false;
    }

    private sealed class Contract(IntervalSet? levels, bool blocks, long? raisesTo)
    {
        public static readonly Contract None = new(null, false, null);

        public IntervalSet? Levels { get; } = levels;

        public bool Blocks { get; } = blocks;

        public long? RaisesTo { get; } = raisesTo;
    }
}
