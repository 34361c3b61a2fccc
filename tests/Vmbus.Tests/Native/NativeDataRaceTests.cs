using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Vmbus.Tests.Channels;

namespace Vmbus.Tests.Native;

/// <summary>External data of a pended packet that one thread asks a host for, or copies, while another completes the packet.</summary>
public sealed unsafe class NativeDataRaceTests : IDisposable
{
    private const uint Pend = 4;
    private const nint First = 1;
    private const nint Second = 2;

    /// <summary>What the host does for the test that runs: its functions are static.</summary>
    [ThreadStatic]
    private static Action? WhenAsked;
    private static byte* Memory;

    private readonly NativeDevice _device = new();
    private readonly nint _channel;
    private readonly NativeCallbackTable _table = NativeDevice.NativeCallbacks;

    public NativeDataRaceTests()
    {
        Memory = (byte*)NativeMemory.AllocZeroed(2 * (nuint)PieceLength);
        NativeKmclExports exports = new() { Complete = &Complete, Fail = &Fail, DeferToPassive = &Fail, GetExternalData = &GetExternalData };
        _channel = NativeChannel.Create(_device, in exports);
    }

    private static int PieceLength => 1 << 20;

    [Fact]
    public void Data_that_comes_after_its_packet_was_completed_is_not_that_of_the_next_packet_of_the_place()
    {
        Memory[0] = 1;
        Memory[PieceLength] = 2;
        PendingPacket owed = Deliver(First);
        PendingPacket next = default;
        WhenAsked = () =>
        {
            WhenAsked = null;
            owed.Complete();
            next = Deliver(Second);
        };
        Assert.Throws<ObjectDisposedException>(() => owed.GetExternalData(ExternalDataFlags.None, out _));
        Assert.Equal(NtStatus.Success, next.GetExternalData(ExternalDataFlags.None, out ExternalData data));
        Assert.Equal(2, data.Span[0]);
        next.Complete();
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

    [UnmanagedCallersOnly]
    private static void Complete(nint packet, void* buffer, uint length) => new Span<byte>(Memory, PieceLength).Clear();

    [UnmanagedCallersOnly]
    private static void Fail(nint packet) => Environment.FailFast("No packet of these tests is failed or deferred.");

    [UnmanagedCallersOnly]
    private static NtStatus GetExternalData(nint packet, uint flags, NativeMdl** chain)
    {
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
