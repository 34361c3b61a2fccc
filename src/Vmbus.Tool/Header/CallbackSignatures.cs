namespace Vmbus.Tool.Header;

/// <summary>The entry points that a header can declare: their types in C, and their signatures in metadata.</summary>
internal static class CallbackSignatures
{
    /// <summary>In the order of the callback table: the member, the function type in C, and the signature.</summary>
    public static IReadOnlyList<(string Callback, string TypeInC, string Signature)> All { get; } =
    [
        ("ProcessPacket", "EVT_VMB_CHANNEL_PROCESS_PACKET", "void(nint, nint, void*, uint, uint)"),
        ("ProcessingComplete", "EVT_VMB_CHANNEL_PROCESSING_COMPLETE", "void(nint, uint)"),
        ("Opened", "EVT_VMB_CHANNEL_OPENED", "Vmbus.NtStatus(nint)"),
        ("Closed", "EVT_VMB_CHANNEL_CLOSED", "void(nint)"),
        ("Suspend", "EVT_VMB_CHANNEL_SUSPEND", "void(nint)"),
        ("Started", "EVT_VMB_CHANNEL_STARTED", "void(nint)"),
        ("PostStarted", "EVT_VMB_CHANNEL_POST_STARTED", "void(nint)"),
        ("SavePacket", "EVT_VMB_CHANNEL_SAVE_PACKET", "Vmbus.NtStatus(nint, nint, void*, uint, uint*)"),
        ("RestorePacket", "EVT_VMB_CHANNEL_RESTORE_PACKET", "Vmbus.NtStatus(nint, void*, uint, void*, uint)"),
        ("PnpFailure", "EVT_CHANNEL_PNP_FAILURE", "void(nint, Vmbus.NtStatus)"),
        ("PacketCompletionRoutine", "EVT_VMB_PACKET_COMPLETION_ROUTINE", "void(nint, Vmbus.NtStatus, void*, uint)"),
    ];
}
