namespace Vmbus;

/// <summary>What a server offers: its ids, and what it says about itself. User mode reserves and maps nothing for it; the client reads it and acts on it.</summary>
public sealed record VmbusOffer
{
    /// <summary>The most bytes of <see cref="Data"/>.</summary>
    internal const int MaximumData = 120;

    /// <summary>The highest <see cref="TargetVtl"/>.</summary>
    internal const int MaximumVtl = 15;

    /// <summary>The class of the device.</summary>
    public required Guid InterfaceType { get; init; }

    /// <summary>The instance of the device.</summary>
    public required Guid InterfaceInstance { get; init; }

    /// <summary>What the offer says of itself.</summary>
    public ServerOfferFlags Flags { get; init; }

    /// <summary>The MMIO space that the device asks for, in megabytes.</summary>
    public int MmioMegabytes { get; init; }

    /// <summary>The virtual trust level that the offer is for.</summary>
    public int TargetVtl { get; init; }

    /// <summary>Bytes of the service's own, at most 120.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }
}
