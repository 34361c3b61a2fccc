using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Vmbus.Samples.IntegrationServices.Messages;

/// <summary>What is sure to be there of a heartbeat: hosts differ in what follows.</summary>
/// <param name="Pipe">The pipe header.</param>
/// <param name="Ic">The integration component header.</param>
/// <param name="Sequence">The host's number; the guest answers with the next one.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct HeartbeatHead(PipeHeader Pipe, IcHeader Ic, ulong Sequence)
{
    /// <summary>The length in bytes.</summary>
    public const int Length = IcMessage.HeadersLength + sizeof(ulong);
}

/// <summary>A heartbeat as this host sends it.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct HeartbeatMessage
{
    /// <summary>The length of the message in bytes.</summary>
    public const int Length = IcMessage.HeadersLength + BodyLength;

    /// <summary>The length of the body in bytes.</summary>
    public const int BodyLength = 40;

    /// <summary>What every guest reads.</summary>
    public HeartbeatHead Head;

    /// <summary>0.</summary>
    public HeartbeatReserved Reserved;
}

/// <summary>The reserved bytes of a heartbeat.</summary>
[InlineArray(32)]
internal struct HeartbeatReserved
{
    private byte _first;
}
