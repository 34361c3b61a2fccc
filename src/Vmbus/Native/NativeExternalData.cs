using System.Runtime.InteropServices;

namespace Vmbus;

/// <summary>Takes over the memory that a C host answers a packet's GetExternalData with.</summary>
internal static unsafe class NativeExternalData
{
    /// <summary>More pieces than any packet can reference: a chain that goes in a circle.</summary>
    private const int LongestChain = 65536;

    /// <summary>Asks the host for the data of a packet, of which it knows until the call returns.</summary>
    /// <returns>What the host answers; InvalidParameter where its chain cannot be used, which stops the channel.</returns>
    public static NtStatus Obtain(NativeEndpoint endpoint, IncomingPacket packet, long generation, ExternalDataFlags flags, IncomingData obtained)
    {
        nint handle = ((HostedPacket)packet.ForeignState!).Handle;
        if (!endpoint.TryEnter())
        {
            return NtStatus.DeviceRemoved;
        }

        NativeMdl* chain = null;
        NtStatus status;
        using (CallbackScope.Enter(endpoint.Channel, CallbackKind.Processing))
        {
            status = endpoint.Exports.GetExternalData(handle, (uint)flags, &chain);
        }

        endpoint.Exit();
        if (status != NtStatus.Success)
        {
            return status;
        }

        int longest = endpoint.Channel.Options.MaximumExternalDataChain != 0 ? endpoint.Channel.Options.MaximumExternalDataChain : LongestChain;
        List<Memory<byte>> pieces = [];
        for (NativeMdl* piece = chain; piece is not null; piece = piece->Next)
        {
            if (pieces.Count == longest || piece->Address is null || piece->ByteCount is 0 or > int.MaxValue)
            {
                endpoint.Stop(new VmbusException(
                    NtStatus.DataError,
                    $"The host of channel {endpoint.Channel} answered GetExternalData with a chain whose piece {pieces.Count} has {piece->ByteCount} bytes at 0x{(nint)piece->Address:X}; at most {longest} pieces of 1 to {int.MaxValue} bytes, none at 0, are possible."));
                return NtStatus.InvalidParameter;
            }

            pieces.Add(new UnmanagedMemory(piece->Address, (int)piece->ByteCount).Memory);
        }

        if (pieces.Count == 0)
        {
            return NtStatus.InvalidParameter;
        }

        return obtained.TryTakeOver(CollectionsMarshal.AsSpan(pieces), packet, generation) ? NtStatus.Success : NtStatus.InvalidParameter;
    }
}
