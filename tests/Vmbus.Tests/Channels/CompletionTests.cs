using System.Buffers.Binary;
using System.Collections.Concurrent;

namespace Vmbus.Tests.Channels;

/// <summary>Ends of packets by completion: what goes back, and what a second one does.</summary>
public sealed class CompletionTests
{
    [Fact]
    public void A_completion_packet_brings_the_payload_back_to_its_request()
    {
        using ChannelPair pair = new();
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            Assert.True(packet.IsCompletionRequested);
            long sum = BinaryPrimitives.ReadInt64LittleEndian(buffer) + 1;
            packet.Complete(in sum);
        };
        pair.Open();
        ConcurrentDictionary<long, long> answers = new();
        for (long i = 0; i < 2000; i++)
        {
            VmbusPacket packet = pair.Client.AllocatePacket();
            packet.Context = i;
            packet.CompletionRoutine = (done, status, buffer) =>
            {
                Assert.Equal(NtStatus.Success, status);
                answers[(long)done.Context!] = BinaryPrimitives.ReadInt64LittleEndian(buffer);
                done.Dispose();
            };
            Assert.Equal(NtStatus.Success, packet.Send(BitConverter.GetBytes(i), VmbusSendFlags.WaitForCompletion));
        }

        pair.Await(() => answers.Count == 2000, "all answers");
        Assert.All(answers, answer => Assert.Equal(answer.Key + 1, answer.Value));
    }

    [Fact]
    public void Completing_twice_throws_and_never_touches_the_packet_that_took_the_place()
    {
        using ChannelPair pair = new();
        PendingPacket first = default;
        PendingPacket second = default;
        using SemaphoreSlim arrived = new(0);
        pair.ServerCallbacks.OnPacket = (_, packet, buffer, _) =>
        {
            if (buffer[0] == 1)
            {
                first = packet.Pend();
            }
            else
            {
                second = packet.Pend();
            }

            arrived.Release();
        };
        pair.Open();
        pair.Client.Send([1]);
        Assert.True(arrived.Wait(ChannelPair.Patience));
        PendingPacket copy = first;
        first.Complete();
        pair.Client.Send([2]);
        Assert.True(arrived.Wait(ChannelPair.Patience));
        Assert.Throws<InvalidOperationException>(copy.Complete);
        Assert.Throws<InvalidOperationException>(copy.Fail);
        Assert.NotEqual(copy, second);
        Assert.Single(pair.Server.GetOwedPackets());
        second.Complete();
        Assert.Empty(pair.Server.GetOwedPackets());
    }

    [Fact]
    public void A_completion_payload_larger_than_the_maximum_throws_and_the_packet_stays_owed()
    {
        using ChannelPair pair = new(server: options => options with { MaximumPacketSize = 64 });
        Exception? thrown = null;
        pair.ServerCallbacks.OnPacket = (_, packet, _, _) =>
        {
            try
            {
                packet.Complete(new byte[65]);
            }
            catch (ArgumentException exception)
            {
                thrown = exception;
                packet.Complete(new byte[64]);
            }
        };
        pair.Open();
        pair.Client.Send([1]);
        pair.Await(() => pair.Server.Counters.PacketsCompleted == 1, "the packet");
        Assert.Contains("65 bytes", thrown!.Message, StringComparison.Ordinal);
        Assert.Equal(1, pair.Server.Counters.CompletionPayloadsDropped);
    }
}
