namespace Vmbus;

/// <summary>What a server says about its offer: the flags of VmbServerChannelInitSetFlags. The bus carries them to the client, in <see cref="VmbusChannel.Offer"/>.</summary>
[Flags]
public enum ServerOfferFlags : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>LOOPBACK_OFFER: the client is in the same partition. Here every client of a bus in one process is; the flag changes nothing.</summary>
    LoopbackOffer = 0x1,

    /// <summary>ENUMERATE_DEVICE_INTERFACE: the guest makes a device interface of it. There are no devices here; the client may read it.</summary>
    EnumerateDeviceInterface = 0x2,

    /// <summary>OFFER_AS_PIPE: offered as a pipe; set with <see cref="VmbusChannelOptions.IsPipe"/>, which makes it one.</summary>
    OfferAsPipe = 0x4,

    /// <summary>FORCE_NEW_CHANNEL: the guest must not take the offer for one that it has seen before. Here each offer is a new one.</summary>
    ForceNewChannel = 0x8,

    /// <summary>TLNPI_PROVIDER_OFFER: the offer is of a transport provider.</summary>
    TlnpiProviderOffer = 0x10,
}
