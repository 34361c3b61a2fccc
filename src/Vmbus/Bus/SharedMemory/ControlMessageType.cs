namespace Vmbus;

/// <summary>What two processes tell each other about channels; the numbers are those of VMBus where it has such a message.</summary>
internal enum ControlMessageType : uint
{
    /// <summary>Host: a server endpoint is there.</summary>
    OfferChannel = 1,

    /// <summary>Host: it has gone.</summary>
    RescindOffer = 2,

    /// <summary>Guest: open, with these rings.</summary>
    OpenChannel = 5,

    /// <summary>Host: the answer.</summary>
    OpenResult = 6,

    /// <summary>Guest: closed.</summary>
    CloseChannel = 7,

    /// <summary>Guest: memory to map.</summary>
    GpadlHeader = 8,

    /// <summary>Host: the answer.</summary>
    GpadlCreated = 10,

    /// <summary>Guest: takes the memory back.</summary>
    GpadlTeardown = 11,

    /// <summary>Host: it is mapped no more.</summary>
    GpadlTorndown = 12,

    /// <summary>Guest: the channel id of a rescinded offer may be used again.</summary>
    RelidReleased = 13,

    /// <summary>Guest: the first message.</summary>
    InitiateContact = 14,

    /// <summary>Host: the answer to it, with the shared memory.</summary>
    VersionResponse = 15,

    /// <summary>Guest: has mapped the shared memory.</summary>
    MemoryMapped = 0x1000,

    /// <summary>Host: uses the rings of an opening no more.</summary>
    RingsReleased = 0x1001,

    /// <summary>Either: look at the interrupt page.</summary>
    Interrupt = 0x1002,
}
