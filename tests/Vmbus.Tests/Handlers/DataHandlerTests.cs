using Vmbus.Tests.Channels;

namespace Vmbus.Tests.Handlers;

/// <summary>A handler that takes external data is called once it is there, and never without it.</summary>
public sealed class DataHandlerTests
{
    public static TheoryData<uint, ExternalDataMode> Cases
    {
        get
        {
            TheoryData<uint, ExternalDataMode> cases = [];
            foreach (ExternalDataMode mode in Enum.GetValues<ExternalDataMode>())
            {
                for (uint type = DataHandlers.Owing; type <= DataHandlers.Asynchronous; type++)
                {
                    cases.Add(type, mode);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task It_is_called_once_with_its_data_whether_the_pages_are_there_at_once_or_later(uint type, ExternalDataMode mode)
    {
        DataHandlers handlers = new();
        using ChannelPair pair = Open(handlers, mode);
        VmbusPacket request = pair.Client.AllocatePacket();
        request.SetExternalData(new byte[] { 1, 2 });
        request.AppendExternalData(new byte[] { 3 });
        Task<(NtStatus Status, byte[] Payload)> end = EndOf(request);
        Assert.Equal(NtStatus.Success, request.Send(BitConverter.GetBytes(type)));
        if (type == DataHandlers.Asynchronous)
        {
            pair.Await(() => pair.Server.GetOwedPackets().Count == 1, "the handler to wait");
            handlers.Gate.SetResult();
        }

        (NtStatus status, byte[] payload) = await end.WaitAsync(ChannelPair.Patience);
        Assert.Equal((NtStatus.Success, 6u), (status, BitConverter.ToUInt32(payload)));
        Assert.EndsWith(" 010203", Assert.Single(handlers.Calls), StringComparison.Ordinal);
        Assert.Null(pair.Server.Fault);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_is_never_called_for_a_packet_that_has_none_or_references_what_is_not_there(uint type, ExternalDataMode mode)
    {
        foreach (bool references in new[] { false, true })
        {
            DataHandlers handlers = new();
            using ChannelPair pair = Open(handlers, mode);
            VmbusPacket request = pair.Client.AllocatePacket();
            Assert.Equal(
                NtStatus.Success,
                references
                    ? request.SendWithExternalPages(BitConverter.GetBytes(type), [77], 0, 8, VmbusSendFlags.WaitForCompletion)
                    : request.Send(BitConverter.GetBytes(type), VmbusSendFlags.WaitForCompletion));
            pair.Await(() => pair.Server.State == ChannelState.Stopped, "the packet to be failed");
            Assert.Equal(NtStatus.DataError, Assert.IsType<VmbusException>(pair.Server.Fault).Status);
            Assert.Equal(1, pair.Server.Counters.PacketsFailed);
            Assert.Empty(handlers.Calls);
            Assert.Empty(pair.Server.GetOwedPackets());
        }
    }

    private static ChannelPair Open(DataHandlers handlers, ExternalDataMode mode)
    {
        ChannelPair pair = new(busOptions: new VmbusBusOptions { ExternalData = mode });
        pair.Server.SetCallbacks(handlers);
        return pair.Open();
    }

    private static Task<(NtStatus Status, byte[] Payload)> EndOf(VmbusPacket packet)
    {
        TaskCompletionSource<(NtStatus, byte[])> end = new(TaskCreationOptions.RunContinuationsAsynchronously);
        packet.CompletionRoutine = (_, status, payload) => end.TrySetResult((status, payload.ToArray()));
        return end.Task;
    }
}
