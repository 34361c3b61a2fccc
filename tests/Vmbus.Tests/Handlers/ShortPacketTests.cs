using System.Runtime.InteropServices;
using Vmbus.Tests.Channels;

namespace Vmbus.Tests.Handlers;

/// <summary>Lengths on the wire are multiples of 8, except on a pipe channel.</summary>
public sealed class ShortPacketTests
{
    private static readonly byte[] Whole = [(byte)PlaceHandlers.PlaceType, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3];

    [Theory]
    [InlineData(9)]
    [InlineData(12)]
    [InlineData(15)]
    [InlineData(16)]
    public void A_packet_up_to_7_bytes_shorter_than_its_structure_reaches_the_handler_and_what_is_missing_is_zero(int length)
    {
        using ChannelPair pair = new();
        PlaceHandlers handlers = new();
        pair.Server.SetCallbacks(handlers);
        pair.Open();
        Assert.Equal(NtStatus.Success, pair.Client.Send(Whole.AsSpan(0, length)));
        pair.Await(() => pair.Server.Counters.PacketsCompleted == 1, "the packet");

        byte[] expected = new byte[16];
        Whole.AsSpan(0, length).CopyTo(expected);
        Assert.Equal(expected, MemoryMarshal.AsBytes([Assert.Single(handlers.Places)]).ToArray());
    }

    [Theory]
    [InlineData(8, false)]
    [InlineData(5, false)]
    [InlineData(15, true)]
    [InlineData(9, true)]
    public void A_packet_whose_length_says_that_it_is_too_short_is_failed_and_never_reaches_the_handler(int length, bool isPipe)
    {
        using ChannelPair pair = new(options => options with { IsPipe = isPipe }, options => options with { IsPipe = isPipe });
        PlaceHandlers handlers = new();
        pair.Server.SetCallbacks(handlers);
        pair.Open();
        Assert.Equal(NtStatus.Success, pair.Client.Send(Whole.AsSpan(0, length)));
        pair.Await(() => pair.Server.State == ChannelState.Stopped, "the server to stop");
        Assert.Contains("OnPlace", Assert.IsType<VmbusException>(pair.Server.Fault).Message, StringComparison.Ordinal);
        Assert.Empty(handlers.Places);
        Assert.Equal(1, pair.Server.Counters.PacketsFailed);
    }
}
