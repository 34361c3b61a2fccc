using System.Text;

namespace Vmbus.Tests.Native;

/// <summary>Handlers that save what they have under way.</summary>
[ChannelCallbacks(NativeEntryPoints = true)]
internal sealed partial class SavingDevice
{
    public string? Restored { get; private set; }

    public bool Throws { get; set; }

    [SavePacket]
    private static NtStatus OnSave(VmbusChannel channel, VmbusPacket packet, Span<byte> buffer, out int bytesNeeded)
    {
        bytesNeeded = 5;
        return "saved"u8.TryCopyTo(buffer) ? NtStatus.Success : NtStatus.BufferTooSmall;
    }

    [RestorePacket]
    private NtStatus OnRestore(VmbusChannel channel, ReadOnlySpan<byte> libraryState, ReadOnlySpan<byte> savedState)
    {
        Restored = $"{Encoding.ASCII.GetString(libraryState)} {Encoding.ASCII.GetString(savedState)} at {KernelIrql.Current}";
        return Throws ? throw new InvalidTimeZoneException() : NtStatus.Success;
    }
}
