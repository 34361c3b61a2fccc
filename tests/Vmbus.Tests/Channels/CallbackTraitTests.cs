namespace Vmbus.Tests.Channels;

/// <summary>What the class of the callbacks says about its channel, and options that say otherwise.</summary>
public sealed class CallbackTraitTests
{
    [Fact]
    public void The_class_sets_the_level_of_processing_and_an_option_of_null_leaves_it_to_the_class()
    {
        using ChannelPair pair = new();
        PassiveHandlers handlers = new();
        pair.Server.SetCallbacks(handlers);
        pair.Open();
        Assert.Equal(NtStatus.Success, pair.Client.SendSynchronousRequest([1, 0, 0, 0], new byte[8], out _, ChannelPair.Patience));
        Assert.Equal(Irql.Passive, handlers.Seen);
    }

    [Theory]
    [InlineData(nameof(VmbusChannelOptions.IncomingProcessingAtPassive))]
    [InlineData(nameof(VmbusChannelOptions.Reception))]
    public void Options_that_say_otherwise_than_the_class_make_SetCallbacks_throw_and_nothing_is_bound(string option)
    {
        using ChannelPair pair = new(server: options => option == nameof(VmbusChannelOptions.Reception)
            ? options with { Reception = PacketReception.Copied }
            : options with { IncomingProcessingAtPassive = false });
        VmbusException refused = Assert.Throws<VmbusException>(() => pair.Server.SetCallbacks(new PassiveHandlers()));
        Assert.Equal(NtStatus.InvalidParameter2, refused.Status);
        Assert.Contains(option, refused.Message, StringComparison.Ordinal);

        // What was bound before still is.
        pair.Open();
        Assert.Equal(NtStatus.Success, pair.Client.SendSynchronousRequest([1], new byte[8], out _, ChannelPair.Patience));
        Assert.Equal(["Opened", "Started"], pair.ServerCallbacks.Log.Take(2));
    }
}

/// <summary>Handlers of a channel that processes at PASSIVE_LEVEL and reads in place.</summary>
[ChannelCallbacks(IncomingProcessingAtPassive = true, Reception = PacketReception.InPlace)]
internal sealed partial class PassiveHandlers
{
    public Irql Seen { get; private set; } = Irql.Dispatch;

    [ProcessPacket(1)]
    private void OnRequest(PacketCompletion packet)
    {
        Seen = KernelIrql.Current;
        packet.Complete();
    }
}
