using Vmbus.Ring;

namespace Vmbus;

/// <summary>What a channel is created with: KMCL's VmbChannelInit functions. Values are checked when the channel is created.</summary>
public sealed record VmbusChannelOptions
{
    /// <summary>The default of <see cref="MaximumPacketSize"/>, in bytes.</summary>
    public const int DefaultMaximumPacketSize = 16 * 1024;

    /// <summary>The largest payload that the 16-bit length of a packet can express, in bytes, less the longest header without ranges.</summary>
    private const int LargestPacketSize = RingSpace.MaximumPacketLength - 24;

    /// <summary>The default of <see cref="TransactionQuota"/>.</summary>
    public const int DefaultTransactionQuota = 1024;

    /// <summary>The most bytes of <see cref="OfferData"/>.</summary>
    public const int MaximumOfferData = VmbusOffer.MaximumData;

    /// <summary>The highest <see cref="TargetVtl"/>.</summary>
    public const int MaximumVtl = VmbusOffer.MaximumVtl;

    /// <summary>Whether this is the server endpoint, which offers; the client opens. KMCL VmbChannelAllocate's IsServer.</summary>
    public bool IsServer { get; init; }

    /// <summary>The class of the device. KMCL VmbServerChannelInitSetTargetInterfaceId, VmbClientChannelInitSetTargetPnp.</summary>
    public Guid InterfaceType { get; init; }

    /// <summary>The instance of the device. A client endpoint with <see cref="Guid.Empty"/> takes any instance of the type.</summary>
    public Guid InterfaceInstance { get; init; }

    /// <summary>A name for reports. KMCL VmbChannelInitSetFriendlyName.</summary>
    public string FriendlyName { get; init; } = "";

    /// <summary>
    /// The largest packet that may arrive or be sent, in bytes, without the VMBus headers; 1 to 524,256. A larger one from the peer stops the channel.
    /// KMCL VmbChannelInitSetMaximumPacketSize.
    /// </summary>
    public int MaximumPacketSize { get; init; } = DefaultMaximumPacketSize;

    /// <summary>
    /// Whether this is a pipe channel: packets carry a header with their exact length, so that callbacks see that and not a multiple of 8. Both endpoints must
    /// say the same: else the server refuses to open, and the client is told <see cref="NtStatus.NotSupported"/> in <see cref="IChannelCallbacks.PnpFailure"/>. KMCL VmbChannelInitSetFlags, IS_PIPE.
    /// </summary>
    public bool IsPipe { get; init; }

    /// <summary>Server endpoints: what the offer says of itself. KMCL VmbServerChannelInitSetFlags.</summary>
    public ServerOfferFlags OfferFlags { get; init; }

    /// <summary>
    /// Server endpoints: the MMIO space that the offer asks for, in megabytes, 0 to 65,535. User mode has none to reserve: the client reads the number in
    /// <see cref="VmbusChannel.Offer"/>. KMCL VmbServerChannelInitSetMmioMegabytes.
    /// </summary>
    public int MmioMegabytes { get; init; }

    /// <summary>
    /// Server endpoints: the virtual trust level that the offer is for, 0 to 15. A process has none: the client reads the number in <see cref="VmbusChannel.Offer"/>.
    /// KMCL VmbServerChannelInitSetTargetVtl.
    /// </summary>
    public int TargetVtl { get; init; }

    /// <summary>Server endpoints: bytes of the service's own that go with the offer, at most 120; copied when the channel is created.</summary>
    public ReadOnlyMemory<byte> OfferData { get; init; }

    /// <summary>
    /// The data size of the ring that this endpoint receives from, in bytes, a multiple of 4096. The client donates both rings, so that a server's value is
    /// not used. KMCL VmbClientChannelInitSetRingBufferPageCount.
    /// </summary>
    public int IncomingRingSize { get; init; } = 64 * 1024;

    /// <summary>The data size of the ring that this endpoint sends on, in bytes, a multiple of 4096. See <see cref="IncomingRingSize"/>.</summary>
    public int OutgoingRingSize { get; init; } = 64 * 1024;

    /// <summary>
    /// How many packets may be delivered and not completed at one time, at least 1. At the limit nothing more is delivered until one is completed.
    /// KMCL VmbChannelSetTransactionQuota.
    /// </summary>
    public int TransactionQuota { get; init; } = DefaultTransactionQuota;

    /// <summary>The size of <see cref="PacketCompletion.ClientContext"/> in bytes, 0 to 65536. KMCL VmbChannelInitSetClientContextSize.</summary>
    public int ClientContextSize { get; init; }

    /// <summary>
    /// Whether packets are processed at PASSIVE_LEVEL; <see langword="null"/>: what the class of the callbacks says. KMCL VmbChannelSetIncomingProcessingAtPassive.
    /// </summary>
    public bool? IncomingProcessingAtPassive { get; init; }

    /// <summary>Whether packets are copied out of the ring before callbacks see them; <see langword="null"/>: what the class of the callbacks says.</summary>
    public PacketReception? Reception { get; init; }

    /// <summary>
    /// The most external data that one packet may reference, in bytes; 0: no limit but that of the memory. A packet with more from the peer stops the channel.
    /// KMCL VmbChannelInitSetMaximumExternalData.
    /// </summary>
    public long MaximumExternalData { get; init; }

    /// <summary>The most pieces that the external data of one packet may have; 0: no limit. KMCL VmbChannelInitSetMaximumExternalData's chain length.</summary>
    public int MaximumExternalDataChain { get; init; }

    /// <summary>
    /// The number of the simulated processor on which packets are dispatched, from 0 to one less than <see cref="Environment.ProcessorCount"/>; <see langword="null"/>: in
    /// turn, and of sub-channels the ones after that of their primary channel. The target VP of the open message.
    /// </summary>
    public int? TargetProcessor { get; init; }

    /// <summary>What follows when a handler throws.</summary>
    public HandlerExceptionPolicy HandlerException { get; init; }

    /// <summary>What follows when the peer completes what was never sent, or twice. Default <see cref="UnexpectedCompletionPolicy.Ignore"/>.</summary>
    public UnexpectedCompletionPolicy UnexpectedCompletion { get; init; }

    /// <summary>Whether packets are counted by handler, for <see cref="VmbusChannel.GetHandlerCounts"/>. It costs a look-up a packet.</summary>
    public bool CountHandlers { get; init; }

    /// <summary>After how long a wait for owed packets raises <see cref="VmbusChannel.OwedPacketsReported"/>. Default 5 s.</summary>
    public TimeSpan OwedPacketReportTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What the verifier watches of the channel.</summary>
    public VerifierOptions Verifier { get; init; } = VerifierOptions.Default;

    /// <summary>The clock. Default <see cref="TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>What a server with these options offers; <see langword="null"/>: a client offers nothing.</summary>
    internal VmbusOffer? CreateOffer() => !IsServer ? null : new VmbusOffer
    {
        InterfaceType = InterfaceType,
        InterfaceInstance = InterfaceInstance,
        Flags = OfferFlags,
        MmioMegabytes = MmioMegabytes,
        TargetVtl = TargetVtl,
        Data = OfferData.ToArray(),
    };

    /// <summary>Checks the values.</summary>
    /// <exception cref="VmbusException">A value is out of range; the exception carries the status that KMCL answers with.</exception>
    internal void Validate()
    {
        Require(MaximumPacketSize is > 0 and <= LargestPacketSize, NtStatus.InvalidParameter2, nameof(MaximumPacketSize), MaximumPacketSize, $"1 to {LargestPacketSize} bytes");
        const ServerOfferFlags KnownFlags = ServerOfferFlags.LoopbackOffer | ServerOfferFlags.EnumerateDeviceInterface | ServerOfferFlags.OfferAsPipe
            | ServerOfferFlags.ForceNewChannel | ServerOfferFlags.TlnpiProviderOffer;
        Require((OfferFlags & ~KnownFlags) == 0, NtStatus.InvalidParameter2, nameof(OfferFlags), $"0x{(uint)OfferFlags:X}", $"made of the flags 0x{(uint)KnownFlags:X}");
        Require((OfferFlags & ServerOfferFlags.OfferAsPipe) == 0 || IsPipe, NtStatus.InvalidParameter2, nameof(OfferFlags), OfferFlags, "set with IsPipe, where it contains OfferAsPipe");
        Require(MmioMegabytes is >= 0 and <= ushort.MaxValue, NtStatus.InvalidParameter2, nameof(MmioMegabytes), MmioMegabytes, "0 to 65535 megabytes");
        Require(TargetVtl is >= 0 and <= MaximumVtl, NtStatus.InvalidParameter2, nameof(TargetVtl), TargetVtl, $"0 to {MaximumVtl}");
        Require(OfferData.Length <= MaximumOfferData, NtStatus.InvalidParameter2, $"{nameof(OfferData)}.Length", OfferData.Length, $"at most {MaximumOfferData} bytes");
        Require(
            IsServer || (OfferFlags == 0 && MmioMegabytes == 0 && TargetVtl == 0 && OfferData.IsEmpty),
            NtStatus.InvalidDeviceRequest,
            nameof(IsServer),
            IsServer,
            "true where OfferFlags, MmioMegabytes, TargetVtl or OfferData are set: only a server offers");
        RequireRingSize(nameof(IncomingRingSize), IncomingRingSize);
        RequireRingSize(nameof(OutgoingRingSize), OutgoingRingSize);
        Require(TransactionQuota > 0, NtStatus.InvalidParameter2, nameof(TransactionQuota), TransactionQuota, "at least 1");
        Require(ClientContextSize is >= 0 and <= 65536, NtStatus.InvalidParameter2, nameof(ClientContextSize), ClientContextSize, "0 to 65536 bytes");
        Require(MaximumExternalData >= 0, NtStatus.InvalidParameter2, nameof(MaximumExternalData), MaximumExternalData, "at least 0 bytes");
        Require(MaximumExternalDataChain >= 0, NtStatus.InvalidParameter3, nameof(MaximumExternalDataChain), MaximumExternalDataChain, "at least 0 pieces");
        Require(TargetProcessor is null or >= 0, NtStatus.InvalidParameter2, nameof(TargetProcessor), TargetProcessor ?? 0, "at least 0");
        Require(
            OwedPacketReportTime != TimeSpan.Zero && TimerRange.Contains(OwedPacketReportTime),
            NtStatus.InvalidParameter,
            nameof(OwedPacketReportTime),
            OwedPacketReportTime,
            $"more than no time, and at most {TimerRange.Maximum} ms");
        Require(FriendlyName is not null, NtStatus.InvalidParameter2, nameof(FriendlyName), "null", "a name, or empty");
        Require(TimeProvider is not null, NtStatus.InvalidParameter, nameof(TimeProvider), "null", "a clock");
        Require(Verifier is not null, NtStatus.InvalidParameter, nameof(Verifier), "null", "options of the verifier, such as VerifierOptions.Default");
        RequireDefined(nameof(Reception), Reception ?? PacketReception.Copied);
        RequireDefined(nameof(HandlerException), HandlerException);
        RequireDefined(nameof(UnexpectedCompletion), UnexpectedCompletion);
        Require(Verifier!.IsValid, NtStatus.InvalidParameter, nameof(Verifier), Verifier, "one whose times are more than no time, or infinite");
        Require(!IsServer || InterfaceInstance != Guid.Empty || InterfaceType == Guid.Empty, NtStatus.InvalidParameter3, nameof(InterfaceInstance), InterfaceInstance, "an instance of its own on a server");
    }

    private static void RequireDefined<T>(string name, T value)
        where T : struct, Enum
        => OptionChecks.RequireDefined(nameof(VmbusChannelOptions), name, value);

    private static void RequireRingSize(string name, int value)
        => Require(value >= RingMemory.MinimumDataSize && value <= RingMemory.MaximumDataSize && value % RingMemory.PageSize == 0, NtStatus.InvalidParameter2, name, value, "a multiple of 4096 bytes, at least 4096");

    private static void Require(bool condition, NtStatus status, string name, object value, string expected)
        => OptionChecks.Require(condition, status, nameof(VmbusChannelOptions), name, value, expected);
}
