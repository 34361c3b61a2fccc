using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Analyzers.Contracts;

/// <summary>The types of the run time, resolved once per compilation.</summary>
internal sealed class VmbusTypes
{
    private VmbusTypes(Compilation compilation, INamedTypeSymbol processPacket)
    {
        INamedTypeSymbol? Find(string name) => compilation.GetTypeByMetadataName("Vmbus." + name);
        ProcessPacketAttribute = processPacket;
        ProcessingCompleteAttribute = Find("ProcessingCompleteAttribute");
        PacketCompletionRoutineAttribute = Find("PacketCompletionRoutineAttribute");
        ChannelCallbacksAttribute = Find("ChannelCallbacksAttribute");
        CompletesPacketAttribute = Find("CompletesPacketAttribute");
        BorrowsPacketAttribute = Find("BorrowsPacketAttribute");
        IrqlRequiresMaxAttribute = Find("IrqlRequiresMaxAttribute");
        IrqlRequiresMinAttribute = Find("IrqlRequiresMinAttribute");
        IrqlRequiresAttribute = Find("IrqlRequiresAttribute");
        IrqlRaisesAttribute = Find("IrqlRaisesAttribute");
        IrqlRequiresSameAttribute = Find("IrqlRequiresSameAttribute");
        BlocksAttribute = Find("BlocksAttribute");
        PacketCompletion = Find("PacketCompletion");
        PendingPacket = Find("PendingPacket");
        ChannelCallbacks = Find("IChannelCallbacks");
        KernelIrql = Find("KernelIrql");
        IrqlScope = Find("IrqlScope");
        Irql = Find("Irql");
        VmbusChannel = Find("VmbusChannel");
        Gpadl = Find("Gpadl");
        NtStatus = Find("NtStatus");
        ExternalData = Find("ExternalData");
    }

    public INamedTypeSymbol ProcessPacketAttribute { get; }

    public INamedTypeSymbol? ProcessingCompleteAttribute { get; }

    public INamedTypeSymbol? PacketCompletionRoutineAttribute { get; }

    public INamedTypeSymbol? ChannelCallbacksAttribute { get; }

    public INamedTypeSymbol? CompletesPacketAttribute { get; }

    public INamedTypeSymbol? BorrowsPacketAttribute { get; }

    public INamedTypeSymbol? IrqlRequiresMaxAttribute { get; }

    public INamedTypeSymbol? IrqlRequiresMinAttribute { get; }

    public INamedTypeSymbol? IrqlRequiresAttribute { get; }

    public INamedTypeSymbol? IrqlRaisesAttribute { get; }

    public INamedTypeSymbol? IrqlRequiresSameAttribute { get; }

    public INamedTypeSymbol? BlocksAttribute { get; }

    public INamedTypeSymbol? PacketCompletion { get; }

    public INamedTypeSymbol? PendingPacket { get; }

    public INamedTypeSymbol? ChannelCallbacks { get; }

    public INamedTypeSymbol? KernelIrql { get; }

    public INamedTypeSymbol? IrqlScope { get; }

    public INamedTypeSymbol? Irql { get; }

    public INamedTypeSymbol? VmbusChannel { get; }

    public INamedTypeSymbol? Gpadl { get; }

    public INamedTypeSymbol? NtStatus { get; }

    public INamedTypeSymbol? ExternalData { get; }

    /// <summary>The types that <paramref name="compilation"/> has to do with; null if it sees none, or sees them and makes no use of any.</summary>
    public static VmbusTypes? FindUsed(Compilation compilation, CancellationToken cancellation)
        => Find(compilation) is { } types && RuntimeUse.IsIn(compilation, types.ProcessPacketAttribute.ContainingAssembly, cancellation) ? types : null;

    /// <summary>The types that <paramref name="compilation"/> sees; null if it does not see the run time.</summary>
    public static VmbusTypes? Find(Compilation compilation)
        => compilation.GetTypeByMetadataName("Vmbus.ProcessPacketAttribute") is { } processPacket ? new(compilation, processPacket) : null;

    public static bool Same(ISymbol? left, ISymbol? right) => left is not null && SymbolEqualityComparer.Default.Equals(left, right);

    /// <summary>Whether a value of the type is a packet that is owed: the inline one or the pended one, nullable or not.</summary>
    /// <summary>Asked of each operation of a method; that it is no structure, or one of the language's own, is the cheapest answer.</summary>
    public bool IsPacket(ITypeSymbol? type)
        => type is { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None or SpecialType.System_Nullable_T } && (IsInlinePacket(type) || IsPendingPacket(type));

    public bool IsInlinePacket(ITypeSymbol? type) => Same(type, PacketCompletion);

    public bool IsPendingPacket(ITypeSymbol? type)
        => Same(type, PendingPacket)
            || (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable && Same(nullable.TypeArguments[0], PendingPacket));

    public static AttributeData? FindAttribute(ISymbol symbol, INamedTypeSymbol? attribute)
    {
        if (attribute is null)
        {
            return null;
        }

        foreach (AttributeData data in symbol.GetAttributes())
        {
            if (Same(data.AttributeClass, attribute))
            {
                return data;
            }
        }

        return null;
    }
}
