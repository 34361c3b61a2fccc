using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Vmbus.Tests.Channels;

namespace Vmbus.Tests.Native;

/// <summary>External data of a pended packet that one thread asks a host for, or copies, while another ends the packet.</summary>
public sealed unsafe class NativeDataRaceTests : IDisposable
{
    private const uint Pend = 4;
    private const nint First = 1;
    private const nint Second = 2;

    /// <summary>What the host does for the test that runs: its functions are static.</summary>
    [ThreadStatic]
    private static Action? WhenAsked;
    private static readonly ConcurrentQueue<string> Heard = new();
    private static readonly ConcurrentQueue<nint> Unknown = new();
    private static byte* Memory;
    private static NtStatus Answer;

    /// <summary>The packet that the host has, where it keeps count of them; 0 once it was ended.</summary>
    private static nint Known;

    private readonly NativeDevice _device = new();
    private readonly nint _channel;
    private readonly NativeCallbackTable _table = NativeDevice.NativeCallbacks;

    public NativeDataRaceTests()
    {
        Heard.Clear();
        Unknown.Clear();
        Answer = NtStatus.Success;
        Memory = (byte*)NativeMemory.AllocZeroed(2 * (nuint)PieceLength);
        NativeKmclExports exports = new() { Complete = &Complete, Fail = &Fail, DeferToPassive = &Defer, GetExternalData = &GetExternalData };
        _channel = NativeChannel.Create(_device, in exports);
    }

    private static int PieceLength => 1 << 20;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_host_that_is_asked_about_a_packet_hears_of_its_end_when_it_has_answered(bool isFailed)
    {
        Memory[0] = 1;
        Memory[PieceLength] = 2;
        PendingPacket owed = Deliver(First);
        WhenAsked = () =>
        {
            WhenAsked = null;
            Thread other = new(() => End(owed, isFailed)) { IsBackground = true };
            other.Start();
            Assert.True(other.Join(ChannelPair.Patience), "whoever ends a packet waits for the host that is asked about it");
            Heard.Enqueue("answers");
        };
        Assert.Throws<ObjectDisposedException>(() => owed.GetExternalData(ExternalDataFlags.None, out _));
        Assert.Equal(["answers", isFailed ? "failed 1" : "completed 1: 070809"], Heard);
        Assert.Throws<InvalidOperationException>(owed.Complete);
        if (!isFailed)
        {
            // What came for the packet before is not that of the next one of the place.
            PendingPacket next = Deliver(Second);
            Assert.Equal(NtStatus.Success, next.GetExternalData(ExternalDataFlags.None, out ExternalData data));
            Assert.Equal(2, data.Span[0]);
            next.Complete();
        }

        Assert.Empty(NativeChannel.GetChannel(_channel).GetOwedPackets());
    }

    [Fact]
    public void A_host_is_asked_about_packets_that_it_has_and_about_no_other()
    {
        Answer = NtStatus.Unsuccessful;
        using UntilRefused user = new();
        for (nint packet = First; packet <= 1000; packet++)
        {
            Known = packet;
            PendingPacket owed = Deliver(packet);
            user.Begin(() => Assert.Equal(NtStatus.Unsuccessful, owed.GetExternalData(ExternalDataFlags.None, out _)));
            owed.Complete();
            user.Await();
        }

        Assert.Empty(user.Wrong);
        Assert.Empty(Unknown);
    }

    [Fact]
    public void Data_that_is_asked_for_again_while_the_host_answers_is_obtained_once()
    {
        PendingPacket owed = Deliver(First);
        ExternalData inner = default;
        NtStatus status = NtStatus.Pending;
        WhenAsked = () =>
        {
            WhenAsked = null;
            status = owed.GetExternalData(ExternalDataFlags.None, out inner);
        };
        Assert.Equal(NtStatus.Success, owed.GetExternalData(ExternalDataFlags.None, out ExternalData outer));
        Assert.Equal(NtStatus.Success, status);
        Assert.Equal((PieceLength, PieceLength, 1), (inner.Length, outer.Length, outer.SegmentCount));
        outer.CopyFrom([7]);
        Assert.Equal(7, inner.Span[0]);
        owed.Complete();
    }

    [Fact]
    public void A_host_hears_of_the_completion_only_when_no_copy_of_its_memory_runs()
    {
        // The host's Complete clears the memory: what is found afterwards was written after the host had it back.
        byte[] written = new byte[PieceLength];
        written.AsSpan().Fill(1);
        using UntilRefused user = new();
        for (int round = 0; round < 50; round++)
        {
            PendingPacket owed = Deliver(First);
            Assert.Equal(NtStatus.Success, owed.GetExternalData(ExternalDataFlags.None, out ExternalData data));
            user.Begin(() => data.CopyFrom(written));
            Thread.SpinWait(round % 50 * 10);
            owed.Complete();
            user.Await();
            Assert.False(new Span<byte>(Memory, PieceLength).ContainsAnyExcept((byte)0), $"round {round}: memory was written to after the completion");
        }

        Assert.Empty(user.Wrong);
    }

    public void Dispose()
    {
        NativeChannel.Destroy(_channel);
        NativeMemory.Free(Memory);
    }

    private static void End([CompletesPacket] PendingPacket packet, bool isFailed)
    {
        if (isFailed)
        {
            packet.Fail();
        }
        else
        {
            packet.Complete([7, 8, 9]);
        }
    }

    [UnmanagedCallersOnly]
    private static void Complete(nint packet, void* buffer, uint length)
    {
        Volatile.Write(ref Known, 0);
        new Span<byte>(Memory, PieceLength).Clear();
        Heard.Enqueue($"completed {packet}: {Convert.ToHexString(new ReadOnlySpan<byte>(buffer, (int)length))}");
    }

    [UnmanagedCallersOnly]
    private static void Fail(nint packet) => Heard.Enqueue($"failed {packet}");

    [UnmanagedCallersOnly]
    private static void Defer(nint packet) => Environment.FailFast("No packet of these tests is deferred.");

    [UnmanagedCallersOnly]
    private static NtStatus GetExternalData(nint packet, uint flags, NativeMdl** chain)
    {
        if (Answer != NtStatus.Success)
        {
            Thread.SpinWait(50);
            if (Volatile.Read(ref Known) != packet)
            {
                Unknown.Enqueue(packet);
            }

            return Answer;
        }

        NativeMdl* piece = (NativeMdl*)RuntimeHelpers.AllocateTypeAssociatedMemory(typeof(NativeDataRaceTests), sizeof(NativeMdl));
        *piece = new NativeMdl { Address = Memory + ((packet - First) * PieceLength), ByteCount = (uint)PieceLength };
        WhenAsked?.Invoke();
        *chain = piece;
        return NtStatus.Success;
    }

    private PendingPacket Deliver(nint packet)
    {
        uint type = Pend;
        _table.ProcessPacket(_channel, packet, &type, sizeof(uint), (uint)ProcessPacketFlags.ExternalData);
        return _device.NextPended();
    }
}
