using System.Runtime.InteropServices;
using Vmbus.Samples.IntegrationServices.Messages;

namespace Vmbus.Samples.Tests.IntegrationServices;

/// <summary>Requests of a host as bytes, padded as they are on the wire.</summary>
internal static class Requests
{
    private static readonly IcVersion Framework = new(3, 0);

    /// <summary>A message with this body.</summary>
    public static byte[] Create(IcMessageType type, IcVersion version, ReadOnlySpan<byte> body)
    {
        int length = IcMessage.HeadersLength + body.Length;
        byte[] packet = new byte[(length + 7) / 8 * 8];
        IcMessage headers = new(PipeHeader.ForMessage(length), IcHeader.Request(Framework, type, version, body.Length));
        MemoryMarshal.Write(packet, in headers);
        body.CopyTo(packet.AsSpan(IcMessage.HeadersLength));
        return packet;
    }

    /// <summary>A request to shut down.</summary>
    public static byte[] Shutdown(ShutdownFlags flags)
    {
        ShutdownMessage message = new()
        {
            Pipe = PipeHeader.ForMessage(ShutdownMessage.Length),
            Ic = IcHeader.Request(Framework, IcMessageType.Shutdown, new IcVersion(3, 1), ShutdownMessage.BodyLength),
            Flags = flags,
        };
        return MemoryMarshal.AsBytes(new ReadOnlySpan<ShutdownMessage>(in message)).ToArray();
    }
}
