using System.Globalization;

namespace Vmbus.Gen.Generators.Emission;

/// <summary>What generated code refers to, fully qualified, so that nothing in the user's code can stand in between.</summary>
internal static class Runtime
{
    public const string Channel = "global::Vmbus.VmbusChannel";
    public const string Packet = "global::Vmbus.PacketCompletion";
    public const string Batch = "global::Vmbus.PacketBatch";
    public const string Flags = "global::Vmbus.ProcessPacketFlags";
    public const string Callbacks = "global::Vmbus.IChannelCallbacks";
    public const string Status = "global::Vmbus.NtStatus";
    public const string OutgoingPacket = "global::Vmbus.VmbusPacket";
    public const string Unhandled = "global::Vmbus.UnhandledPacket";
    public const string Reception = "global::Vmbus.PacketReception";
    public const string Reply = "global::Vmbus.PacketReply";
    public const string Irql = "global::Vmbus.Irql";
    public const string KernelIrql = "global::Vmbus.KernelIrql";
    public const string ExternalData = "global::Vmbus.ExternalData";
    public const string ExternalDataFlags = "global::Vmbus.ExternalDataFlags";
    public const string Traits = "global::Vmbus.CompilerServices.CallbackTraits";
    public const string Dispatch = "global::Vmbus.CompilerServices.GeneratedDispatch";
    public const string NativeChannel = "global::Vmbus.NativeChannel";
    public const string NativeTable = "global::Vmbus.NativeCallbackTable";
    public const string NativeDispatch = "global::Vmbus.CompilerServices.NativeDispatch";
    public const string Binding = "global::Vmbus.CompilerServices.ChannelBinding";
    public const string AsyncPacket = "global::Vmbus.CompilerServices.AsyncPacket";
    public const string Bytes = "global::System.ReadOnlySpan<byte>";
    public const string WritableBytes = "global::System.Span<byte>";

    private const string Endian = "global::System.Buffers.Binary.BinaryPrimitives";

    /// <summary>The number of bytes of a structure.</summary>
    public static string SizeOf(string type) => $"global::System.Runtime.CompilerServices.Unsafe.SizeOf<{type}>()";

    /// <summary>The structure at the start of a buffer, in place.</summary>
    public static string AsRef(string type, string buffer) => $"global::System.Runtime.InteropServices.MemoryMarshal.AsRef<{type}>({buffer})";

    /// <summary>A copy of the structure at the start of a buffer.</summary>
    public static string Read(string type, string buffer) => $"global::System.Runtime.InteropServices.MemoryMarshal.Read<{type}>({buffer})";

    /// <summary>The little-endian number at an offset of a buffer that is long enough.</summary>
    public static string ReadNumber(string buffer, int offset, int size)
    {
        string at = offset.ToString(CultureInfo.InvariantCulture);
        string from = offset == 0 ? buffer : $"{buffer}.Slice({at})";
        return size switch
        {
            1 => $"{buffer}[{at}]",
            2 => $"{Endian}.ReadUInt16LittleEndian({from})",
            4 => $"{Endian}.ReadUInt32LittleEndian({from})",
            _ => $"{Endian}.ReadUInt64LittleEndian({from})",
        };
    }
}
