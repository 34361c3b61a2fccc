using System.Runtime.InteropServices;

namespace Vmbus.Samples.IntegrationServices.Messages;

/// <summary>The guest's choice: one version of each kind, or counts of 0 where there is no common one.</summary>
/// <param name="Pipe">The pipe header.</param>
/// <param name="Ic">The integration component header.</param>
/// <param name="FrameworkCount">1, or 0.</param>
/// <param name="MessageCount">1, or 0.</param>
/// <param name="Reserved">0.</param>
/// <param name="Framework">The chosen version of the framework.</param>
/// <param name="Message">The chosen version of the service's messages.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct NegotiateResponse(
    PipeHeader Pipe,
    IcHeader Ic,
    ushort FrameworkCount,
    ushort MessageCount,
    uint Reserved,
    IcVersion Framework,
    IcVersion Message)
{
    /// <summary>The length of the message in bytes.</summary>
    public const int Length = NegotiateRequest.Length + 2 * IcVersion.Length;

    /// <summary>Makes the answer to an offer.</summary>
    /// <param name="request">The header of the offer.</param>
    /// <param name="chosen">The chosen versions, if there are common ones.</param>
    public static NegotiateResponse Create(in IcHeader request, (IcVersion Framework, IcVersion Message)? chosen)
    {
        ushort count = (ushort)(chosen is null ? 0 : 1);
        return new NegotiateResponse(
            PipeHeader.ForMessage(Length),
            request.Answer(IcStatus.Ok) with { BodySize = Length - IcMessage.HeadersLength },
            count,
            count,
            0,
            chosen?.Framework ?? default,
            chosen?.Message ?? default);
    }
}
