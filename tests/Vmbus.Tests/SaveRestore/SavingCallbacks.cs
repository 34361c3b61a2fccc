using System.Collections.Concurrent;
using System.Text;
using Vmbus.CompilerServices;

namespace Vmbus.Tests.SaveRestore;

/// <summary>The callbacks of a server whose packets have names, which it saves.</summary>
internal sealed class SavingCallbacks : IChannelCallbacks
{
    public delegate NtStatus SaveScript(VmbusChannel channel, VmbusPacket packet, Span<byte> buffer, out int bytesNeeded);

    public delegate NtStatus RestoreScript(VmbusChannel channel, ReadOnlySpan<byte> libraryState, ReadOnlySpan<byte> savedState);

    public SavingCallbacks()
    {
        OnSave = SaveName;
        OnRestore = RestoreName;
    }

    public SaveScript OnSave { get; set; }

    public RestoreScript OnRestore { get; set; }

    public Func<VmbusChannel, NtStatus> OnOpened { get; set; } = _ => NtStatus.Success;

    public Action<VmbusChannel> OnSuspend { get; set; } = _ => { };

    public Channels.PacketScript OnPacket { get; set; } = (_, packet, _, _) => packet.Complete();

    /// <summary>The packets that are done: name, status, and the first byte of the completion.</summary>
    public ConcurrentQueue<(string Name, NtStatus Status, int First)> Done { get; } = new();

    public CallbackTraits Traits => new() { SavesPackets = true };

    public void ProcessPacket(VmbusChannel channel, PacketCompletion packet, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags)
        => OnPacket(channel, packet, buffer, flags);

    public NtStatus Opened(VmbusChannel channel) => OnOpened(channel);

    public void Suspend(VmbusChannel channel) => OnSuspend(channel);

    public NtStatus SavePacket(VmbusChannel channel, VmbusPacket packet, Span<byte> buffer, out int bytesNeeded) => OnSave(channel, packet, buffer, out bytesNeeded);

    public NtStatus RestorePacket(VmbusChannel channel, ReadOnlySpan<byte> libraryState, ReadOnlySpan<byte> savedState) => OnRestore(channel, libraryState, savedState);

    public void PacketCompletionRoutine(VmbusPacket packet, NtStatus status, ReadOnlySpan<byte> buffer)
    {
        Done.Enqueue(((string?)packet.Context ?? "", status, buffer.IsEmpty ? -1 : buffer[0]));
        packet.Dispose();
    }

    public static NtStatus SaveName(VmbusChannel channel, VmbusPacket packet, Span<byte> buffer, out int bytesNeeded)
    {
        byte[] name = Encoding.UTF8.GetBytes((string)packet.Context!);
        bytesNeeded = name.Length;
        return name.AsSpan().TryCopyTo(buffer) ? NtStatus.Success : NtStatus.BufferTooSmall;
    }

    public static NtStatus RestoreName(VmbusChannel channel, ReadOnlySpan<byte> libraryState, ReadOnlySpan<byte> savedState)
    {
        VmbusPacket packet = channel.AllocatePacket();
        packet.Context = Encoding.UTF8.GetString(savedState);
        return packet.Restore(libraryState);
    }
}
