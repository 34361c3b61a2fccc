using Vmbus.Tests.Channels;

namespace Vmbus.Tests.Handlers;

/// <summary>What becomes of an answer in a packet of its own that cannot be sent.</summary>
public sealed class InBandReplyTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_reply_larger_than_the_channel_takes_is_the_handlers_exception_and_never_lost_in_silence(bool isAsynchronous)
    {
        using ChannelPair pair = Create(HandlerExceptionPolicy.FailChannel);
        Assert.Equal(NtStatus.Success, pair.Client.Send([isAsynchronous ? (byte)2 : (byte)1, 0, 0, 0]));
        Exception reason = await pair.Server.WhenStopped.WaitAsync(ChannelPair.Patience);
        ArgumentException refused = Assert.IsType<ArgumentException>(reason);
        Assert.Contains("16 bytes", refused.Message, StringComparison.Ordinal);
        Assert.Equal(unchecked((int)NtStatus.InvalidBufferSize), refused.HResult);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Where_the_policy_says_so_the_request_is_completed_with_a_status_and_the_queue_goes_on(byte type)
    {
        using ChannelPair pair = Create(HandlerExceptionPolicy.FailPacket);
        byte[] response = new byte[8];
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(NtStatus.Success, pair.Client.SendSynchronousRequest([type, 0, 0, 0], response, out int written, ChannelPair.Patience));
            Assert.Equal((8, (uint)NtStatus.Unsuccessful), (written, BitConverter.ToUInt32(response)));
        }

        Assert.Equal(3, pair.Server.Counters.HandlerExceptions);
        Assert.Null(pair.Server.Fault);
        Assert.Equal(0, pair.Client.Counters.PacketsDelivered);
    }

    [Fact]
    public async Task A_reply_on_a_channel_that_has_closed_meanwhile_sends_nothing_and_is_no_exception()
    {
        LateAnswers handlers = new();
        using ChannelPair pair = new();
        pair.Server.SetCallbacks(handlers);
        pair.Open();
        Assert.Equal(NtStatus.Success, pair.Client.Send([1, 0, 0, 0]));
        await handlers.Called.Task.WaitAsync(ChannelPair.Patience);
        Task disabled = pair.Server.DisableAsync();
        handlers.Answer.SetResult(7);
        await disabled.WaitAsync(ChannelPair.Patience);
        Assert.Equal((0L, null), (pair.Server.Counters.HandlerExceptions, pair.Server.Fault));
    }

    private static ChannelPair Create(HandlerExceptionPolicy policy)
    {
        ChannelPair pair = new(server: options => options with { MaximumPacketSize = 8, HandlerException = policy });
        pair.Server.SetCallbacks(new LargeAnswers());
        return pair.Open();
    }
}

/// <summary>Answers of 16 bytes, where the channel may take less.</summary>
[ChannelCallbacks(Reply = PacketReply.InBand)]
internal sealed partial class LargeAnswers
{
    [ProcessPacket(1)]
    private static Guid OnRequest() => Guid.Empty;

    [ProcessPacket(2, Irql = Irql.Passive)]
    private static async ValueTask<Guid> OnRequestAsync(CancellationToken token)
    {
        await Task.Yield();
        return token.IsCancellationRequested ? Guid.NewGuid() : Guid.Empty;
    }
}

/// <summary>Answers when a test says so.</summary>
[ChannelCallbacks(Reply = PacketReply.InBand)]
internal sealed partial class LateAnswers
{
    public TaskCompletionSource Called { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource<ulong> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [ProcessPacket(1, Irql = Irql.Passive)]
    private async ValueTask<ulong> OnRequest()
    {
        Called.SetResult();
        return await Answer.Task;
    }
}
