using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Vmbus;

/// <summary>
/// The functions of a C host that C# handlers end in: <c>VMB_KMCL_EXPORTS</c> of the generated header. They have the platform's C calling convention, may be
/// called from any thread until <see cref="NativeChannel.Destroy"/> returns, and must not unwind into their caller.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct NativeKmclExports
{
    /// <summary>The version of the layout that this library knows.</summary>
    public const uint CurrentVersion = 1;

    /// <summary>Exports of the current version that hold no function yet.</summary>
    public NativeKmclExports()
    {
        Size = (uint)Unsafe.SizeOf<NativeKmclExports>();
        Version = CurrentVersion;
    }

    /// <summary>The size of the structure in bytes.</summary>
    public uint Size { get; init; }

    /// <summary><see cref="CurrentVersion"/>.</summary>
    public uint Version { get; init; }

    /// <summary>The host's own; handed to <see cref="Send"/> and <see cref="CurrentIrql"/>.</summary>
    public void* Context { get; init; }

    /// <summary>Required. VmbChannelPacketComplete: (VMBPACKETCOMPLETION, buffer, length in bytes). The buffer ends with the call; without payload it is null.</summary>
    public delegate* unmanaged<nint, void*, uint, void> Complete { get; init; }

    /// <summary>Required. VmbChannelPacketFail: (VMBPACKETCOMPLETION). The channel's queue stops.</summary>
    public delegate* unmanaged<nint, void> Fail { get; init; }

    /// <summary>Required. VmbChannelPacketDeferToPassive: (VMBPACKETCOMPLETION). The host calls the processing callback again at PASSIVE_LEVEL.</summary>
    public delegate* unmanaged<nint, void> DeferToPassive { get; init; }

    /// <summary>
    /// VmbChannelPacketGetExternalData: (VMBPACKETCOMPLETION, flags, receives the chain). STATUS_PENDING: the host calls the processing callback again when the data
    /// is there. Null: packets have no external data.
    /// </summary>
    public delegate* unmanaged<nint, uint, NativeMdl**, NtStatus> GetExternalData { get; init; }

    /// <summary>
    /// VmbPacketSend: (<see cref="Context"/>, VMBPACKET, buffer, length in bytes, transaction id, external data or null, flags). The buffer ends with the call. After
    /// a success status the host calls the packet completion routine once for a VMBPACKET that is not null. Null: C# cannot send.
    /// </summary>
    public delegate* unmanaged<void*, nint, void*, uint, ulong, NativeMdl*, uint, NtStatus> Send { get; init; }

    /// <summary>
    /// (VMBPACKETCOMPLETION, receives the transaction id, receives 1 where the sender asked for a completion, else 0). Null: packets have transaction id 0 and ask for one.
    /// </summary>
    public delegate* unmanaged<nint, ulong*, byte*, void> GetTransaction { get; init; }

    /// <summary>
    /// KeGetCurrentIrql: (<see cref="Context"/>), the level of the calling thread. Null: processing callbacks run at DISPATCH_LEVEL, a packet that comes again after
    /// <see cref="DeferToPassive"/> at PASSIVE_LEVEL.
    /// </summary>
    public delegate* unmanaged<void*, byte> CurrentIrql { get; init; }

    /// <summary>Throws where the host's structure cannot be used.</summary>
    internal readonly void Validate()
    {
        if (Size != Unsafe.SizeOf<NativeKmclExports>() || Version != CurrentVersion)
        {
            throw new VmbusException(
                NtStatus.InvalidParameter2,
                $"NativeKmclExports has size {Size} and version {Version}; this library knows size {Unsafe.SizeOf<NativeKmclExports>()} and version {CurrentVersion}. Start from new NativeKmclExports(), or in C from VMB_KMCL_EXPORTS_INIT of a header that this version of vmbus wrote.");
        }

        Require(Complete is not null, nameof(Complete));
        Require(Fail is not null, nameof(Fail));
        Require(DeferToPassive is not null, nameof(DeferToPassive));
    }

    private static void Require(bool isThere, string name)
    {
        if (!isThere)
        {
            throw new VmbusException(NtStatus.InvalidParameter2, $"NativeKmclExports.{name} is null: without it a packet could not be ended. Set Complete, Fail and DeferToPassive.");
        }
    }
}
