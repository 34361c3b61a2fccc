namespace Vmbus.Tests.Model;

/// <summary>Why an endpoint of the model stopped or could not open.</summary>
internal enum ModelFault
{
    None,

    /// <summary>A packet was failed: the queue stops, the channel stays open.</summary>
    PacketFailed,

    /// <summary>A callback threw: the channel closes.</summary>
    CallbackThrew,

    /// <summary>The opening was refused.</summary>
    Refused,
}
