using System.Runtime.InteropServices;

namespace Vmbus.Samples.IntegrationServices.Messages;

/// <summary>What a packet of a pipe channel carries.</summary>
internal enum PipePacketType : uint
{
    /// <summary>Data.</summary>
    Data = 1,
}

/// <summary>The start of every packet on a pipe channel.</summary>
/// <param name="Type">What follows.</param>
/// <param name="DataLength">The exact length in bytes of what follows: the packet itself comes padded to a multiple of 8.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct PipeHeader(PipePacketType Type, uint DataLength)
{
    /// <summary>The header's length in bytes.</summary>
    public const int Length = 8;

    /// <summary>The header of a message whose length in bytes includes the header.</summary>
    public static PipeHeader ForMessage(int messageLength) => new(PipePacketType.Data, (uint)(messageLength - Length));
}
