using System.Collections.Concurrent;
using Vmbus.Tests.Channels;

namespace Vmbus.Tests.Handlers;

/// <summary>Answers in packets of their own: what they carry, and what becomes of one that cannot be sent.</summary>
public sealed class InBandReplyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_reply_has_the_transaction_id_of_its_request_and_comes_before_the_completion(byte type)
    {
        using ChannelPair pair = new();
        pair.Server.SetCallbacks(new LargeAnswers());
        ConcurrentQueue<string> log = new();
        ulong replyId = 0;
        pair.ClientCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            replyId = packet.TransactionId;
            log.Enqueue($"reply of {buffer.Length}, {(packet.IsCompletionRequested ? "to be completed" : "not to be completed")}");
            packet.Complete();
        };
        pair.Open();

        // One that asks for no completion gets its reply all the same, and nothing else.
        Assert.Equal(NtStatus.Success, pair.Client.Send([type, 0, 0, 0], transactionId: 4711));
        pair.Await(() => log.Count == 1, "the first reply");
        Assert.Equal(4711ul, replyId);
        VmbusPacket request = pair.Client.AllocatePacket();
        request.CompletionRoutine = (_, status, payload) => log.Enqueue($"completed {status} with {payload.Length}");
        Assert.Equal(NtStatus.Success, request.Send([type, 0, 0, 0], VmbusSendFlags.WaitForCompletion));
        pair.Await(() => log.Count == 3, "the reply and the completion");
        Assert.Equal(["reply of 16, not to be completed", "reply of 16, not to be completed", "completed Success with 0"], log);
        Assert.Equal(0, pair.Server.Counters.CompletionPayloadsDropped);
    }

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

    [Fact]
    public async Task A_reply_on_a_channel_that_has_stopped_meanwhile_sends_nothing_and_the_first_reason_holds()
    {
        LateAnswers handlers = new(answersInPlace: true);
        using ChannelPair pair = new(options => options with { IncomingProcessingAtPassive = true });
        pair.Server.SetCallbacks(handlers);
        pair.Open();
        Assert.Equal(NtStatus.Success, pair.Client.Send([1, 0, 0, 0]));
        await handlers.Called.Task.WaitAsync(ChannelPair.Patience);

        // Its handler fails the packet, and at once answers the other.
        Assert.Equal(NtStatus.Success, pair.Client.Send([2, 0, 0, 0]));
        await handlers.Failed.Task.WaitAsync(ChannelPair.Patience);
        Assert.Equal((0L, 0L), (pair.Server.Counters.PacketsSent, pair.Server.Counters.HandlerExceptions));
        Assert.Contains("OnFailure failed", Assert.IsType<VmbusException>(pair.Server.Fault).Message, StringComparison.Ordinal);
        Assert.Empty(pair.Server.GetOwedPackets());
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
internal sealed partial class LateAnswers(bool answersInPlace = false)
{
    public TaskCompletionSource Called { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Failed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource<ulong> Answer { get; } = new(answersInPlace ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);

    [ProcessPacket(1, Irql = Irql.Passive)]
    private async ValueTask<ulong> OnRequest()
    {
        Called.SetResult();
        return await Answer.Task;
    }

    [ProcessPacket(2)]
    private void OnFailure(PacketCompletion packet)
    {
        packet.Fail();
        Answer.SetResult(7);
        Failed.SetResult();
    }
}
