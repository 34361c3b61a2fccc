using System.Buffers;
using System.Collections.Concurrent;
using Vmbus.Tests.Channels;

namespace Vmbus.Tests.SaveRestore;

/// <summary>A class whose methods are marked saves its packets, and a client refuses it.</summary>
public sealed class GeneratedCallbacksTests
{
    [Fact]
    public void Marked_methods_save_and_restore()
    {
        VmbusBus bus = VmbusBus.CreateInProcess();
        VmbusChannelOptions options = new() { IsServer = true, InterfaceType = Guid.NewGuid(), InterfaceInstance = Guid.NewGuid() };
        using VmbusChannel client = new(bus, options with { IsServer = false });
        Assert.Equal(NtStatus.InvalidDeviceRequest, Assert.Throws<VmbusException>(() => client.SetCallbacks(new NumberedPackets())).Status);
        BlockingCollection<PendingPacket> pending = [];
        client.SetCallbacks(new ScriptedCallbacks { OnPacket = (_, packet, _, _) => pending.Add(packet.Pend()) });
        VmbusChannel before = new(bus, options);
        before.SetCallbacks(new NumberedPackets());
        before.Enable();
        before.Start();
        client.Enable();
        Assert.True(SpinWait.SpinUntil(() => before.State == ChannelState.Active, ChannelPair.Patience));
        VmbusPacket packet = before.AllocatePacket();
        packet.Context = 42;
        Assert.Equal(NtStatus.Success, packet.Send([1], VmbusSendFlags.WaitForCompletion));
        Assert.True(pending.TryTake(out PendingPacket owed, ChannelPair.Patience));
        before.Pause();
        ArrayBufferWriter<byte> state = new();
        before.Save(state);
        before.Dispose();

        NumberedPackets callbacks = new();
        using VmbusChannel after = new(bus, options);
        after.SetCallbacks(callbacks);
        Assert.Equal(NtStatus.Success, after.RestoreFromBuffer(state.WrittenSpan));
        after.Enable();
        after.Start();
        owed.Complete([9]);
        Assert.True(callbacks.Done.TryTake(out (int Number, NtStatus Status, byte Answer) done, ChannelPair.Patience));
        Assert.Equal((42, NtStatus.Success, 9), done);
    }
}

public sealed partial class NumberedPackets
{
    internal BlockingCollection<(int Number, NtStatus Status, byte Answer)> Done { get; } = [];

    [SavePacket]
    private static NtStatus OnSave(VmbusChannel channel, VmbusPacket packet, Span<byte> buffer, out int bytesNeeded)
    {
        bytesNeeded = sizeof(int);
        return BitConverter.TryWriteBytes(buffer, (int)packet.Context!) ? NtStatus.Success : NtStatus.BufferTooSmall;
    }

    [RestorePacket]
    private static NtStatus OnRestore(VmbusChannel channel, ReadOnlySpan<byte> libraryState, ReadOnlySpan<byte> savedState)
    {
        VmbusPacket packet = channel.AllocatePacket();
        packet.Context = BitConverter.ToInt32(savedState);
        return packet.Restore(libraryState);
    }

    [PacketCompletionRoutine]
    private void OnDone(VmbusPacket packet, NtStatus status, ReadOnlySpan<byte> buffer)
    {
        Done.Add(((int)packet.Context!, status, buffer.IsEmpty ? (byte)0 : buffer[0]));
        packet.Dispose();
    }
}
