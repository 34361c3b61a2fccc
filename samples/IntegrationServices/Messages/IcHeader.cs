using System.Runtime.InteropServices;

namespace Vmbus.Samples.IntegrationServices.Messages;

/// <summary>Which service a message belongs to; negotiation is common to all.</summary>
internal enum IcMessageType : ushort
{
    /// <summary>The host offers versions, the guest chooses.</summary>
    Negotiate = 0,

    /// <summary>Whether the guest lives.</summary>
    Heartbeat = 1,

    /// <summary>The guest shall shut down.</summary>
    Shutdown = 3,

    /// <summary>What time the host has.</summary>
    TimeSync = 4,
}

/// <summary>The kind of a message.</summary>
[Flags]
internal enum IcFlags : byte
{
    /// <summary>Neither.</summary>
    None = 0,

    /// <summary>Part of a transaction: a request that has an answer, or the answer.</summary>
    Transaction = 1,

    /// <summary>From the host.</summary>
    Request = 2,

    /// <summary>From the guest.</summary>
    Response = 4,
}

/// <summary>How a request went: an HRESULT.</summary>
internal enum IcStatus : uint
{
    /// <summary>S_OK.</summary>
    Ok = 0,

    /// <summary>E_FAIL.</summary>
    Failed = 0x80004005,

    /// <summary>HRESULT_FROM_WIN32(ERROR_NOT_SUPPORTED).</summary>
    NotSupported = 0x80070032,

    /// <summary>HRESULT_FROM_WIN32(ERROR_INVALID_PARAMETER).</summary>
    InvalidArgument = 0x80070057,

    /// <summary>HRESULT_FROM_WIN32(ERROR_MACHINE_LOCKED).</summary>
    MachineLocked = 0x800704F7,
}

/// <summary>The header of every integration component message; it follows the pipe header.</summary>
/// <param name="FrameworkVersion">The version of this framing; 0.0 while negotiating.</param>
/// <param name="MessageType">The service.</param>
/// <param name="MessageVersion">The version of the service's messages; 0.0 while negotiating.</param>
/// <param name="BodySize">What follows, in bytes.</param>
/// <param name="Status">The guest's answer.</param>
/// <param name="TransactionId">Echoed by the guest; 0 in practice.</param>
/// <param name="Flags">Request or response.</param>
/// <param name="Reserved">0.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct IcHeader(
    IcVersion FrameworkVersion,
    IcMessageType MessageType,
    IcVersion MessageVersion,
    ushort BodySize,
    IcStatus Status,
    byte TransactionId,
    IcFlags Flags,
    ushort Reserved)
{
    /// <summary>The header's length in bytes.</summary>
    public const int Length = 20;

    /// <summary>Where <see cref="MessageType"/> lies in the buffer of a packet, in bytes: it is what dispatch goes by.</summary>
    public const int MessageTypeOffset = PipeHeader.Length + IcVersion.Length;

    /// <summary>The header of a host's request.</summary>
    public static IcHeader Request(IcVersion framework, IcMessageType type, IcVersion message, int bodySize)
        => new(framework, type, message, (ushort)bodySize, IcStatus.Ok, 0, IcFlags.Transaction | IcFlags.Request, 0);

    /// <summary>The header of the guest's answer, which repeats the request's.</summary>
    public IcHeader Answer(IcStatus status) => this with { Status = status, Flags = IcFlags.Transaction | IcFlags.Response };
}
