using System.Diagnostics;
using Vmbus.Ring;

namespace Vmbus.Tests.Ring;

/// <summary>
/// The two races of the protocol, head on: both sides act at the same moment, again and again, and at least one of them must notice the
/// other. A missing fence shows only where both threads really run at once: before each round both look at the control page, so that
/// its line is shared, and a store has to wait for the line while the load behind it does not.
/// </summary>
[Collection(nameof(AloneOnTheMachine))]
public sealed class LostWakeupLitmusTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(1.5);

    [Fact]
    public void A_packet_that_is_published_while_the_reader_unmasks_is_seen_or_signalled()
    {
        using var ring = new RingPair();
        ring.Reader.MaskInterrupts();
        byte[] payload = RingPair.Payload(8);
        bool signal = false;
        bool arrived = false;

        Race(
            ring,
            first: () =>
            {
                ring.Writer.TryWrite(PacketType.DataInBand, PacketFlags.None, 0, payload);
                signal = ring.Writer.Publish();
            },
            second: () => arrived = ring.Reader.UnmaskInterrupts(),
            after: () =>
            {
                Assert.True(signal || arrived, "The packet was neither seen nor signalled.");
                ring.Receive();
                ring.Reader.MaskInterrupts();
            });
    }

    [Fact]
    public void Room_that_is_given_back_while_the_writer_asks_for_it_is_seen_or_signalled()
    {
        using var ring = new RingPair();
        int footprint = 0;
        while (ring.Write(200) == RingWriteStatus.Success)
        {
            footprint = (int)RingSpace.Footprint(0, 200);
        }

        ring.Writer.Publish();
        ring.Read();
        bool hasRoom = false;
        bool signal = false;

        Race(
            ring,
            first: () => hasRoom = ring.Writer.PreparePendingSend(footprint),
            second: () => signal = ring.Reader.PublishRead(),
            after: () =>
            {
                Assert.True(hasRoom || signal, "The room was neither seen nor signalled.");
                ring.Writer.ClearPendingSend();
                ring.Send(200);
                ring.Read();
            });
    }

    /// <summary>Runs two actions on two threads at the same moment, then a third, until the time is over.</summary>
    private static void Race(RingPair ring, Action first, Action second, Action after)
    {
        int round = 0;
        int done = 0;
        bool stop = false;
        var partner = new Thread(() =>
        {
            for (int next = 1; ; next += 2)
            {
                Await(ref round, next);
                if (Volatile.Read(ref stop))
                {
                    return;
                }

                _ = ring.Memory.ControlPage.WriteIndex;
                Volatile.Write(ref done, next);
                Await(ref round, next + 1);
                second();
                Volatile.Write(ref done, next + 1);
            }
        });
        partner.Start();
        var elapsed = Stopwatch.StartNew();
        int rounds = 0;
        try
        {
            while (elapsed.Elapsed < Duration)
            {
                rounds++;
                Volatile.Write(ref round, (2 * rounds) - 1);
                Await(ref done, (2 * rounds) - 1);
                _ = ring.Memory.ControlPage.WriteIndex;
                Volatile.Write(ref round, 2 * rounds);

                // The partner needs a moment to see the start; the pauses differ, so that every overlap happens.
                for (int pause = rounds & 127; pause > 0; pause--)
                {
                    Volatile.Read(ref done);
                }

                first();
                Await(ref done, 2 * rounds);
                after();
            }
        }
        finally
        {
            Volatile.Write(ref stop, true);
            Volatile.Write(ref round, (2 * rounds) + 1);
            partner.Join();
        }

        Assert.True(rounds > 10, $"Only {rounds} rounds.");
    }

    private static void Await(ref int value, int expected)
    {
        for (int spins = 0; Volatile.Read(ref value) < expected; spins++)
        {
            // Busy at first, so as to be there at the same moment; then friendly to a machine with more threads than processors.
            if (spins > 20_000)
            {
                Thread.Yield();
            }
        }
    }
}
