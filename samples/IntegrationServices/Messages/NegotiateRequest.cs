using System.Runtime.InteropServices;

namespace Vmbus.Samples.IntegrationServices.Messages;

/// <summary>The fixed part of the host's offer; the versions follow, those of the framework first.</summary>
/// <param name="Pipe">The pipe header.</param>
/// <param name="Ic">The integration component header.</param>
/// <param name="FrameworkCount">How many versions of the framework follow.</param>
/// <param name="MessageCount">How many versions of the service's messages follow them.</param>
/// <param name="Reserved">0.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct NegotiateRequest(PipeHeader Pipe, IcHeader Ic, ushort FrameworkCount, ushort MessageCount, uint Reserved)
{
    /// <summary>The length in bytes without the versions.</summary>
    public const int Length = IcMessage.HeadersLength + 8;

    /// <summary>The most versions of one kind that a guest looks at.</summary>
    public const int MaximumCount = 100;

    /// <summary>Makes the message that offers these versions.</summary>
    public static byte[] Create(ReadOnlySpan<IcVersion> framework, ReadOnlySpan<IcVersion> messages)
    {
        byte[] message = new byte[Length + (framework.Length + messages.Length) * IcVersion.Length];
        NegotiateRequest head = new(
            PipeHeader.ForMessage(message.Length),
            IcHeader.Request(default, IcMessageType.Negotiate, default, message.Length - IcMessage.HeadersLength),
            (ushort)framework.Length,
            (ushort)messages.Length,
            0);
        MemoryMarshal.Write(message, in head);
        Span<IcVersion> versions = MemoryMarshal.Cast<byte, IcVersion>(message.AsSpan(Length));
        framework.CopyTo(versions);
        messages.CopyTo(versions[framework.Length..]);
        return message;
    }

    /// <summary>Takes the offered versions out of what follows the fixed part.</summary>
    /// <param name="remainder">What follows it, with the padding of the packet.</param>
    /// <param name="framework">The versions of the framework.</param>
    /// <param name="messages">The versions of the service's messages.</param>
    /// <returns><see langword="false"/> where the counts reach beyond the message, or the message beyond its packet.</returns>
    public bool TryTakeVersions(ReadOnlySpan<byte> remainder, out ReadOnlySpan<IcVersion> framework, out ReadOnlySpan<IcVersion> messages)
    {
        framework = default;
        messages = default;
        long exact = (long)Pipe.DataLength + PipeHeader.Length - Length;
        if (FrameworkCount > MaximumCount
            || MessageCount > MaximumCount
            || exact > remainder.Length
            || (FrameworkCount + MessageCount) * IcVersion.Length > exact)
        {
            return false;
        }

        ReadOnlySpan<IcVersion> versions = MemoryMarshal.Cast<byte, IcVersion>(remainder)[..(FrameworkCount + MessageCount)];
        framework = versions[..FrameworkCount];
        messages = versions[FrameworkCount..];
        return true;
    }
}
