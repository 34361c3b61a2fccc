using System.Runtime.InteropServices;

namespace Vmbus.Tests.Native;

/// <summary>What a packet of a host costs, with a host whose functions do nothing.</summary>
[Collection(nameof(AloneOnTheMachine))]
public sealed unsafe class NativeAllocationTests
{
    private static long Completed;

    [Fact]
    public void A_packet_of_a_host_allocates_nothing()
    {
        NativeKmclExports exports = new() { Complete = &Complete, Fail = &End, DeferToPassive = &End };
        nint channel = NativeChannel.Create(new NativeDevice(), in exports, new VmbusChannelOptions { Verifier = VerifierOptions.Default with { Enabled = false } });
        NativeCallbackTable table = NativeDevice.NativeCallbacks;
        ulong packet = 1;
        Deliver(1000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Deliver(100_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(101_000, Completed);
        NativeChannel.Destroy(channel);

        void Deliver(int count)
        {
            ulong bytes = packet;
            for (int i = 0; i < count; i++)
            {
                table.ProcessPacket(channel, i, &bytes, sizeof(ulong), 0);
            }
        }
    }

    [UnmanagedCallersOnly]
    private static void Complete(nint packet, void* buffer, uint length) => Completed++;

    [UnmanagedCallersOnly]
    private static void End(nint packet)
    {
        // No packet of this test gets here; if one did, the count would tell.
    }
}
