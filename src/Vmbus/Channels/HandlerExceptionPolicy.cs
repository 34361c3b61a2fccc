namespace Vmbus;

/// <summary>What follows when a handler throws (or an asynchronous one faults).</summary>
public enum HandlerExceptionPolicy
{
    /// <summary>The packet, if still owed, is failed; the channel stops with the exception as its reason and is closed in order. The process lives on.</summary>
    FailChannel = 0,

    /// <summary>The packet, if still owed, is completed with the four bytes of STATUS_UNSUCCESSFUL (0xC0000001), and the queue goes on.</summary>
    FailPacket = 1,
}
