using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Vmbus.Tests.Channels;

/// <summary>Packets that are copied out of the ring and packets that are read where they lie: the same bytes, until a peer changes them.</summary>
public sealed class ReceptionTests
{
    [Fact]
    public void In_place_reception_delivers_the_same_bytes()
    {
        using ChannelPair pair = new(server: options => options with { Reception = PacketReception.InPlace }, client: options => options with { OutgoingRingSize = 4096 });
        int wrong = 0;
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            foreach (byte value in buffer)
            {
                wrong += value == buffer[0] ? 0 : 1;
            }

            if (buffer[0] % 2 == 0)
            {
                packet.Complete();
                return;
            }

            byte expected = buffer[0];
            PendingPacket pending = packet.Pend();
            ThreadPool.QueueUserWorkItem(_ =>
            {
                if (pending.Buffer[0] != expected || pending.Buffer[^1] != expected)
                {
                    Interlocked.Increment(ref wrong);
                }

                pending.Complete();
            });
        };
        pair.Open();
        byte[] payload = new byte[104];
        for (int i = 0; i < 2000; i++)
        {
            Array.Fill(payload, (byte)i);
            pair.Client.Send(payload);
        }

        pair.Await(() => pair.Server.Counters.PacketsCompleted == 2000, "all packets");
        Assert.Equal(0, wrong);
    }

    [Theory]
    [InlineData(PacketReception.Copied, false)]
    [InlineData(PacketReception.InPlace, true)]
    public void What_a_peer_changes_under_a_handler_is_seen_in_place_and_never_in_a_copy(PacketReception reception, bool isSeen)
    {
        using ChannelPair pair = new(options => options with { Reception = reception });
        ConcurrentQueue<(byte Before, byte After, byte Property, byte Pended)> seen = new();
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            byte before = buffer[0];
            Overwrite(pair, 2);
            (byte after, byte property) = (buffer[0], packet.Buffer[0]);

            // From here on the packet has bytes of its own, whatever the reception.
            PendingPacket pending = packet.Pend();
            Overwrite(pair, 3);
            seen.Enqueue((before, after, property, pending.Buffer[0]));
            pending.Complete();
        };
        pair.Open();
        Assert.Equal(NtStatus.Success, pair.Client.Send([1, 1, 1, 1, 1, 1, 1, 1]));
        pair.Await(() => seen.Count == 1, "the packet");
        byte changed = isSeen ? (byte)2 : (byte)1;
        Assert.Equal(((byte)1, changed, changed, changed), Assert.Single(seen));
    }

    [Fact]
    public void The_reception_of_the_class_is_that_of_the_channel()
    {
        using ChannelPair pair = new();
        InPlaceHandlers handlers = new(pair);
        pair.Server.SetCallbacks(handlers);
        pair.Open();
        Assert.Equal(NtStatus.Success, pair.Client.Send([1, 0, 0, 0, 7, 0, 0, 0]));
        pair.Await(() => handlers.Seen.Count == 1, "the packet");
        Assert.Equal((7u, 9u), Assert.Single(handlers.Seen));
    }

    /// <summary>What a hostile client would do: nobody else writes where the first packet lies.</summary>
    internal static void Overwrite(ChannelPair pair, byte value, int offset = 0) => pair.Client.OutgoingRing!.Data[16 + offset] = value;
}

/// <summary>Reads in place, and lets the client change what it reads.</summary>
[ChannelCallbacks(Reception = PacketReception.InPlace)]
internal sealed partial class InPlaceHandlers(ChannelPair pair)
{
    public ConcurrentQueue<(uint Before, uint After)> Seen { get; } = new();

    [ProcessPacket(1)]
    private void OnRequest(PacketCompletion packet, in Request request)
    {
        uint before = request.Value;
        ReceptionTests.Overwrite(pair, 9, offset: 4);
        Seen.Enqueue((before, request.Value));
        packet.Complete();
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct Request
    {
        public uint Type;
        public uint Value;
    }
}
