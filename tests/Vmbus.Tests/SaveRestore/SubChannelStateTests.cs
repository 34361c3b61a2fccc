using System.Buffers;
using Vmbus.Tests.Channels;

namespace Vmbus.Tests.SaveRestore;

/// <summary>A sub-channel has the ids of its primary channel, and a state of its own.</summary>
public sealed class SubChannelStateTests
{
    private const int Index = 3;

    [Theory]
    [InlineData(BusKind.InProcess)]
    [InlineData(BusKind.SharedMemory)]
    public void It_is_restored_after_its_primary_channel_and_its_client_notices_nothing(BusKind kind)
    {
        using SavedServer saved = new SavedServer(kind: kind).Open();
        VmbusChannel client = saved.Client.CreateSubChannel(Index);
        ScriptedCallbacks clientCallbacks = new();
        PendingPacket owed = default;
        clientCallbacks.OnPacket = (_, packet, _, _) => owed = packet.Pend();
        client.SetCallbacks(clientCallbacks);
        VmbusChannel server = Add(saved.Server, Index, out _);
        server.Enable();
        server.Start();
        client.Enable();
        saved.Await(() => server.State == ChannelState.Active && client.State == ChannelState.Active, "the sub-channel");
        VmbusPacket packet = server.AllocatePacket();
        packet.Context = "of the sub-channel";
        Assert.Equal(NtStatus.Success, packet.Send([1], VmbusSendFlags.WaitForCompletion));
        saved.Await(() => !owed.IsDefault, "its packet");
        byte[] state = Save(server);
        byte[] primaryState = saved.Save();
        server.Dispose();
        saved.Replace();

        // The ids are the same everywhere: only the index tells whose state it is.
        Refused(saved.Server, state);
        Assert.Equal(NtStatus.Success, saved.Server.RestoreFromBuffer(primaryState));
        saved.Server.Enable();
        saved.Server.Start();
        saved.Await(() => saved.Server.State == ChannelState.Active, "the restored primary channel");
        using VmbusChannel other = Add(saved.Server, Index + 1, out _);
        Refused(other, state);
        using VmbusChannel restored = Add(saved.Server, Index, out SavingCallbacks callbacks);
        Refused(restored, primaryState);
        Assert.Equal(NtStatus.Success, restored.RestoreFromBuffer(state));
        restored.Enable();
        restored.Start();
        saved.Await(() => restored.State == ChannelState.Active, "the restored sub-channel");
        owed.Complete([42]);
        saved.Await(() => !callbacks.Done.IsEmpty, "the completion");
        Assert.Equal([("of the sub-channel", NtStatus.Success, 42)], callbacks.Done);

        // A state is told before its callback has run.
        saved.Await(() => clientCallbacks.Log.Count == 3, "the client's callbacks");
        Assert.Equal(["Opened", "Started", "PostStarted"], clientCallbacks.Log);
    }

    private static VmbusChannel Add(VmbusChannel primary, int index, out SavingCallbacks callbacks)
    {
        VmbusChannel channel = primary.CreateSubChannel(index);
        channel.SetCallbacks(callbacks = new SavingCallbacks());
        return channel;
    }

    private static byte[] Save(VmbusChannel channel)
    {
        channel.Pause();
        ArrayBufferWriter<byte> state = new();
        channel.Save(state);
        return state.WrittenSpan.ToArray();
    }

    private static void Refused(VmbusChannel channel, byte[] state)
    {
        VmbusException refused = Assert.Throws<VmbusException>(() => channel.RestoreFromBuffer(state));
        Assert.Equal(NtStatus.InvalidParameter2, refused.Status);
        Assert.Contains($"sub-channel {Index}", refused.Message, StringComparison.Ordinal);
    }
}
