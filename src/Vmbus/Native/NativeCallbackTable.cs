using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Vmbus;

/// <summary>
/// The entry points of a class of handlers for a C host, with the signatures of the KMCL callbacks: <c>VMB_CALLBACK_TABLE</c> of the generated header. Generated
/// code hands it out as <c>NativeCallbacks</c>. All entries are there, also those of callbacks that the class does not bind. None lets an exception through.
/// </summary>
/// <remarks>VMBCHANNEL is what <see cref="NativeChannel.Create(IChannelCallbacks, in NativeKmclExports)"/> returns for an instance of the class.</remarks>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct NativeCallbackTable
{
    /// <summary>The version of the layout that this library knows.</summary>
    public const uint CurrentVersion = 1;

    /// <summary>A table of the current version that holds no entry yet.</summary>
    public NativeCallbackTable()
    {
        Size = (uint)Unsafe.SizeOf<NativeCallbackTable>();
        Version = CurrentVersion;
    }

    /// <summary>The size of the structure in bytes.</summary>
    public uint Size { get; init; }

    /// <summary><see cref="CurrentVersion"/>.</summary>
    public uint Version { get; init; }

    /// <summary>EVT_VMB_CHANNEL_PROCESS_PACKET: (VMBCHANNEL, VMBPACKETCOMPLETION, buffer, length in bytes, flags). DISPATCH_LEVEL or lower.</summary>
    public delegate* unmanaged<nint, nint, void*, uint, uint, void> ProcessPacket { get; init; }

    /// <summary>EVT_VMB_CHANNEL_PROCESSING_COMPLETE: (VMBCHANNEL, packets processed). DISPATCH_LEVEL or lower.</summary>
    public delegate* unmanaged<nint, uint, void> ProcessingComplete { get; init; }

    /// <summary>EVT_VMB_CHANNEL_OPENED: (VMBCHANNEL). PASSIVE_LEVEL.</summary>
    public delegate* unmanaged<nint, NtStatus> Opened { get; init; }

    /// <summary>EVT_VMB_CHANNEL_CLOSED: (VMBCHANNEL). PASSIVE_LEVEL.</summary>
    public delegate* unmanaged<nint, void> Closed { get; init; }

    /// <summary>EVT_VMB_CHANNEL_SUSPEND: (VMBCHANNEL). PASSIVE_LEVEL.</summary>
    public delegate* unmanaged<nint, void> Suspend { get; init; }

    /// <summary>EVT_VMB_CHANNEL_STARTED: (VMBCHANNEL). PASSIVE_LEVEL.</summary>
    public delegate* unmanaged<nint, void> Started { get; init; }

    /// <summary>EVT_VMB_CHANNEL_POST_STARTED: (VMBCHANNEL). PASSIVE_LEVEL.</summary>
    public delegate* unmanaged<nint, void> PostStarted { get; init; }

    /// <summary>EVT_VMB_CHANNEL_SAVE_PACKET: (VMBCHANNEL, VMBPACKET, buffer or null, its size in bytes, receives the bytes needed). PASSIVE_LEVEL.</summary>
    public delegate* unmanaged<nint, nint, void*, uint, uint*, NtStatus> SavePacket { get; init; }

    /// <summary>EVT_VMB_CHANNEL_RESTORE_PACKET: (VMBCHANNEL, library's state, its size in bytes, saved state, its size in bytes). PASSIVE_LEVEL.</summary>
    public delegate* unmanaged<nint, void*, uint, void*, uint, NtStatus> RestorePacket { get; init; }

    /// <summary>EVT_CHANNEL_PNP_FAILURE: (VMBCHANNEL, status). PASSIVE_LEVEL.</summary>
    public delegate* unmanaged<nint, NtStatus, void> PnpFailure { get; init; }

    /// <summary>EVT_VMB_PACKET_COMPLETION_ROUTINE: (VMBPACKET, status, buffer, length in bytes). DISPATCH_LEVEL or lower.</summary>
    public delegate* unmanaged<nint, NtStatus, void*, uint, void> PacketCompletionRoutine { get; init; }
}
