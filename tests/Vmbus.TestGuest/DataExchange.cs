using System.Buffers.Binary;

namespace Vmbus.TestGuest;

/// <summary>External data and GPADLs against a host that adds 1 to each byte of what it is given.</summary>
internal static class DataExchange
{
    public static async Task RunAsync(SharedMemoryBus bus, VmbusChannel channel)
    {
        // Memory that the host cannot see is copied there and back.
        byte[] managed = Numbers(5000);
        await SendAsync(channel, managed);
        Check(managed, 5000, 1, "copied memory");

        // Memory of the guest is seen where it lies, also from the middle of a page on.
        using GuestMemoryBlock block = bus.AllocateGuestMemory(20_000);
        Memory<byte> middle = block.Memory.Slice(3000, 10_000);
        Numbers(10_000).CopyTo(middle);
        await SendAsync(channel, middle);
        Check(middle.ToArray(), 10_000, 1, "guest memory");

        using Gpadl gpadl = channel.CreateGpadl(middle);
        byte[] request = new byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(request, gpadl.Handle);
        RequestResult result = await channel.SendRequestAsync(request, new byte[8]);
        if (result.Status != NtStatus.Success)
        {
            throw new InvalidOperationException($"The GPADL: {result}");
        }

        Check(middle.ToArray(), 10_000, 2, "the GPADL");
    }

    private static byte[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)i)];

    private static async Task SendAsync(VmbusChannel channel, Memory<byte> data)
    {
        TaskCompletionSource<NtStatus> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        VmbusPacket packet = channel.AllocatePacket();
        packet.SetExternalData(data);
        packet.CompletionRoutine = (sent, status, _) =>
        {
            sent.Dispose();
            done.SetResult(status);
        };
        NtStatus started = packet.Send(new byte[8]);
        NtStatus status = started.IsSuccess() ? await done.Task : started;
        if (status != NtStatus.Success)
        {
            throw new InvalidOperationException($"External data: {status}");
        }
    }

    private static void Check(byte[] bytes, int count, int added, string what)
    {
        for (int i = 0; i < count; i++)
        {
            if (bytes[i] != (byte)(i + added))
            {
                throw new InvalidOperationException($"{what}: byte {i} is {bytes[i]}, not {(byte)(i + added)}");
            }
        }
    }
}
