namespace Vmbus;

/// <summary>How the value that a handler returns goes back to the sender.</summary>
public enum PacketReply
{
    /// <summary>As the payload of the completion packet; dropped (and counted) where the sender asked for no completion.</summary>
    Completion = 0,

    /// <summary>As an in-band packet with the request's transaction id, sent before the request is completed.</summary>
    InBand = 1,
}
