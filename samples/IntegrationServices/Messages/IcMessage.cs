using System.Runtime.InteropServices;

namespace Vmbus.Samples.IntegrationServices.Messages;

/// <summary>What every message starts with.</summary>
/// <param name="Pipe">The pipe header.</param>
/// <param name="Ic">The integration component header.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct IcMessage(PipeHeader Pipe, IcHeader Ic)
{
    /// <summary>The length in bytes of both headers.</summary>
    public const int HeadersLength = PipeHeader.Length + IcHeader.Length;

    /// <summary>The longest message, in bytes.</summary>
    public const int MaximumLength = 13312;

    /// <summary>The message without the padding of its packet: as long as its pipe header says.</summary>
    /// <param name="buffer">The packet's bytes.</param>
    /// <param name="message">Both headers and the body.</param>
    /// <returns><see langword="false"/> where the packet is no message, or one of its lengths reaches beyond it.</returns>
    public static bool TryTakeExact(ReadOnlySpan<byte> buffer, out ReadOnlySpan<byte> message)
    {
        message = default;
        if (buffer.Length < HeadersLength)
        {
            return false;
        }

        IcMessage headers = MemoryMarshal.Read<IcMessage>(buffer);
        if (headers.Pipe.Type != PipePacketType.Data
            || headers.Pipe.DataLength > buffer.Length - PipeHeader.Length
            || headers.Pipe.DataLength < IcHeader.Length + headers.Ic.BodySize)
        {
            return false;
        }

        message = buffer[..(PipeHeader.Length + (int)headers.Pipe.DataLength)];
        return true;
    }
}
