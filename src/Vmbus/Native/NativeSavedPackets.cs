namespace Vmbus;

/// <summary>Lets handlers save and restore the packets that they have sent through a C host. Nothing throws.</summary>
internal static unsafe class NativeSavedPackets
{
    public static NtStatus Save<TCallbacks>(nint channel, nint handle, void* buffer, uint bufferSize, uint* bytesNeeded)
        where TCallbacks : class, IChannelCallbacks
    {
        const string EntryPoint = nameof(IChannelCallbacks.SavePacket);
        if (bytesNeeded is null || !IsBuffer(buffer, bufferSize))
        {
            return NtStatus.InvalidParameter;
        }

        *bytesNeeded = 0;
        if (!NativeEndpoint.TryEnter<TCallbacks>(channel, EntryPoint, out NativeEndpoint? endpoint))
        {
            return NtStatus.InvalidHandle;
        }

        try
        {
            if (!NativeOutgoing.Handles.TryGet(handle, out NativeSend? send) || send.Endpoint != endpoint)
            {
                NativeEndpoint.Refuse(EntryPoint, handle, "it is no VMBPACKET of the channel that is under way", out _);
                return NtStatus.InvalidHandle;
            }

            NtStatus status = endpoint.Save(send.Packet, new Span<byte>(buffer, (int)bufferSize), out int needed);
            *bytesNeeded = (uint)Math.Max(0, needed);
            return status;
        }
        finally
        {
            endpoint.Exit();
        }
    }

    public static NtStatus Restore<TCallbacks>(nint channel, void* libraryState, uint librarySize, void* savedState, uint savedSize)
        where TCallbacks : class, IChannelCallbacks
    {
        if (!IsBuffer(libraryState, librarySize) || !IsBuffer(savedState, savedSize))
        {
            return NtStatus.InvalidParameter;
        }

        if (!NativeEndpoint.TryEnter<TCallbacks>(channel, nameof(IChannelCallbacks.RestorePacket), out NativeEndpoint? endpoint))
        {
            return NtStatus.InvalidHandle;
        }

        try
        {
            return endpoint.Restore(new ReadOnlySpan<byte>(libraryState, (int)librarySize), new ReadOnlySpan<byte>(savedState, (int)savedSize));
        }
        finally
        {
            endpoint.Exit();
        }
    }

    private static bool IsBuffer(void* buffer, uint size) => size <= int.MaxValue && (size == 0 || buffer is not null);
}
