using System.Runtime.InteropServices;

namespace Vmbus.Tests.Channels;

public sealed class PayloadPaddingTests
{
    [Fact]
    public void Padding_inside_a_structure_goes_out_as_zeros_however_it_is_sent()
    {
        byte[] dirty = new byte[12];
        Array.Fill(dirty, (byte)0xFF);
        Padded payload = MemoryMarshal.Read<Padded>(dirty);
        byte[] expected = [0xFF, 0xFF, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0];

        TestPacket completed = TestPacket.Create([1]);
        completed.Completion.Complete(in payload);
        Assert.Equal(expected, completed.Payload.ToArray());

        TestPacket pended = TestPacket.Create([1]);
        pended.Completion.Pend().Complete(in payload);
        Assert.Equal(expected, pended.Payload.ToArray());

        using ChannelPair pair = new();
        byte[]? received = null;
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            received = buffer.ToArray();
            packet.Complete();
        };
        pair.Open();
        Assert.Equal(NtStatus.Success, pair.Client.Send(in payload));
        pair.Await(() => pair.Server.Counters.PacketsCompleted == 1, "the packet");
        Assert.Equal([.. expected, 0, 0, 0, 0], received);
    }

    private readonly record struct Padded(short First, Inner Second);

    private readonly record struct Inner(int Number, byte Last);
}
