using System.Buffers.Binary;

namespace Vmbus.Tests.SharedMemory;

/// <summary>Whatever a guest says or writes, the host reads nothing outside the shared memory, and serves the next guest.</summary>
[Collection(nameof(AloneOnTheMachine))]
public sealed class HostileGuestTests
{
    private const uint Open = 5;
    private const uint Close = 7;
    private const uint GpadlHeader = 8;
    private const uint RelidReleased = 13;

    public static TheoryData<string, uint[]> Impossible => new()
    {
        // type, channel, open id, handle, first page, byte offset, byte count, ring sizes
        { "a ring before the guest's pages", [Open, 1, 1, 0, 0, 0, 0, 4096, 4096] },
        { "a ring that ends behind the memory", [Open, 1, 1, 0, 1020, 0, 0, 4096, 8192] },
        { "a ring far away", [Open, 1, 1, 0, uint.MaxValue, 0, 0, 4096, 4096] },
        { "a ring of no whole pages", [Open, 1, 1, 0, 10, 0, 0, 4096, 5000] },
        { "a ring of a size that overflows", [Open, 1, 1, 0, 10, 0, 0, 0x80000000, 4096] },
        { "a ring without data", [Open, 1, 1, 0, 10, 0, 0, 0, 4096] },
        { "a channel that was not offered", [Open, 2, 1, 0, 10, 0, 0, 4096, 4096] },
        { "no channel", [Open, 0, 1, 0, 10, 0, 0, 4096, 4096] },
        { "a channel that cannot be", [Close, 16384, 1, 0, 0, 0, 0, 0, 0] },
        { "a GPADL behind the memory", [GpadlHeader, 1, 1, 1, 1023, 0, 4097, 0, 0] },
        { "a GPADL with an offset of a page", [GpadlHeader, 1, 1, 1, 10, 4096, 1, 0, 0] },
        { "an empty GPADL", [GpadlHeader, 1, 1, 1, 10, 0, 0, 0, 0] },
        { "a GPADL of all that a number can say", [GpadlHeader, 1, 1, 1, 10, 4095, uint.MaxValue, 0, 0] },
        { "a release of an offer that stands", [RelidReleased, 1, 0, 0, 0, 0, 0, 0, 0] },
        { "what only a host says", [1, 1, 0, 0, 0, 0, 0, 0, 0] },
        { "what nobody says", [77, 1, 0, 0, 0, 0, 0, 0, 0] },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void A_message_that_cannot_be_ends_the_connection_and_nothing_else(string what, uint[] message)
    {
        using SharedHost host = new();
        using (RawGuest guest = new(host.Path))
        {
            Assert.NotNull(guest.Receive(1));
            guest.Send(message[0], message[1], message[2], message[3], message[4], message[5], message[6], message[7], message[8]);
            SharedHost.Await(() => guest.Receive(uint.MaxValue) is null, () => $"the host to break off after {what}");
        }

        SharedHost.Await(() => !host.Bus.IsConnected, () => "the end of the connection");
        Assert.False(string.IsNullOrWhiteSpace(host.Bus.DisconnectReason), what);

        Assert.Equal(ChannelState.Started, host.Server.State);
        ServesAnother(host);
    }

    [Fact]
    public void An_opening_while_one_stands_and_a_gpadl_twice_end_the_connection()
    {
        foreach (bool gpadl in new[] { false, true })
        {
            using SharedHost host = new();
            using (RawGuest guest = new(host.Path))
            {
                guest.Send(Open, 1, 1, firstPage: 10, toServer: 4096, toClient: 4096);
                Assert.NotNull(guest.Receive(6));
                for (int i = 0; i < 2; i++)
                {
                    guest.Send(gpadl ? GpadlHeader : Open, 1, gpadl ? 1u : 2u, handle: 7, firstPage: 20, byteCount: 100, toServer: 4096, toClient: 4096);
                }

                Assert.Null(guest.Receive(uint.MaxValue));
            }

            SharedHost.Await(() => host.Server.State == ChannelState.Closed, () => $"the server to close: {host.Server.State}");
            ServesAnother(host);
        }
    }

    [Fact]
    public void The_memory_cannot_be_shortened()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using SharedHost host = new();
        using RawGuest guest = new(host.Path);
        Assert.ThrowsAny<Exception>(() => RandomAccess.SetLength(guest.File, 4096));
        Assert.Equal(4 << 20, RandomAccess.GetLength(guest.File));
    }

    [Fact]
    public void Noise_in_all_of_the_memory_and_on_the_socket_harms_nobody_else()
    {
        using SharedHost host = new();
        Random random = new(11);
        for (int round = 0; round < 30; round++)
        {
            using (RawGuest guest = new(host.Path))
            {
                uint channel = BinaryPrimitives.ReadUInt32LittleEndian(guest.Receive(1)!.AsSpan(4));
                guest.Send(Open, channel, 1, firstPage: 10, toServer: 4096, toClient: 4096);
                Assert.NotNull(guest.Receive(6));
                byte[] noise = new byte[16 * 4096];
                for (int i = 0; i < 20; i++)
                {
                    random.NextBytes(noise);
                    if (i % 2 == 0)
                    {
                        // Indices that can be, and a packet that nearly is one.
                        BinaryPrimitives.WriteUInt32LittleEndian(noise.AsSpan(10 * 4096), (uint)random.Next(512) * 8);
                        BinaryPrimitives.WriteUInt32LittleEndian(noise.AsSpan((10 * 4096) + 4), 0);
                        BinaryPrimitives.WriteUInt64LittleEndian(noise.AsSpan(11 * 4096), 0x0000_0010_0002_0006ul + (ulong)(random.Next(4) << 16));
                    }

                    guest.Memory.WriteArray(0, noise, 0, noise.Length);
                    guest.Send(0x1002);
                    guest.Send(5u + (uint)random.Next(9), channel, 1, (uint)random.Next(3), (ulong)random.Next(1100), (uint)random.Next(5000), (uint)random.Next(10_000), 4096, 4096);
                }
            }

            SharedHost.Await(() => !host.Bus.IsConnected && host.Server.State is not (ChannelState.Active or ChannelState.Opened or ChannelState.Paused), () => $"the server to close: {host.Server.State}");
            if (host.Server.State == ChannelState.Stopped)
            {
                // It found the ring corrupt before the guest had gone. Whoever owns it lets it serve again.
                host.Server.Disable();
                host.Server.Enable();
                host.Server.Start();
            }
        }

        ServesAnother(host);
    }

    private static void ServesAnother(SharedHost host)
    {
        SharedHost.Await(() => !host.Bus.IsConnected, () => "the host to see the guest gone");
        using SharedMemoryBus bus = SharedMemoryBus.ConnectAsync(host.Path).GetAwaiter().GetResult();
        using VmbusChannel client = new(bus, new VmbusChannelOptions { InterfaceType = host.InterfaceType });
        client.SetCallbacks(new Channels.ScriptedCallbacks());
        client.Enable();
        SharedHost.Await(() => client.State == ChannelState.Active, () => $"the next guest: {client.State} {client.Fault} {host.Server.State}");
        Assert.Equal(NtStatus.Success, client.SendSynchronousRequest(new byte[16], new byte[16], out _, TimeSpan.FromSeconds(20)));
    }
}
