namespace Vmbus;

/// <summary>Sends through a C host, and tells the packets' owners when the host has told.</summary>
internal sealed unsafe class NativeOutgoing(NativeEndpoint endpoint)
{
    /// <summary>Beside the flags of KMCL: the packet is not queued where it does not fit.</summary>
    private const uint NeverQueue = 0x8000_0000;

    private readonly List<NativeSend> _all = [];

    /// <summary>All packets under way in hosts.</summary>
    public static HandleTable<NativeSend> Handles { get; } = new(kind: 2);

    /// <summary>The host tells that a packet is done. Does not throw.</summary>
    public static void Complete<TCallbacks>(nint handle, NtStatus status, void* buffer, uint length)
        where TCallbacks : class, IChannelCallbacks
    {
        const string EntryPoint = nameof(IChannelCallbacks.PacketCompletionRoutine);
        if (!Handles.TryGet(handle, out NativeSend? send))
        {
            NativeEndpoint.Refuse(EntryPoint, handle, "it is no VMBPACKET that is under way: it was completed already, given up, or never sent", out _);
        }
        else if (NativeEndpoint.TryEnter<TCallbacks>(send.Endpoint.Handle, EntryPoint, out NativeEndpoint? endpoint))
        {
            try
            {
                if (length > int.MaxValue || (length != 0 && buffer is null))
                {
                    endpoint.Stop(new VmbusException(NtStatus.DataError, $"The host of channel {endpoint.Channel} completed a packet with {length} bytes at 0x{(nint)buffer:X}."));
                    (status, length) = (NtStatus.DataError, 0);
                }

                if (!endpoint.TryFinish(send, handle, status, new ReadOnlySpan<byte>(buffer, (int)length)))
                {
                    NativeEndpoint.Refuse(EntryPoint, handle, "its packet was completed by another thread meanwhile", out _);
                }
            }
            finally
            {
                endpoint.Exit();
            }
        }
    }

    public NtStatus Send(ReadOnlySpan<byte> payload, ulong transactionId, bool mayQueue)
        => CallHost(0, payload, transactionId, null, mayQueue ? 0 : NeverQueue);

    public NtStatus Send(VmbusPacket packet, ReadOnlySpan<byte> payload, ulong transactionId, OutgoingData? data, VmbusSendFlags flags)
    {
        if (packet.ForeignState is not NativeSend send)
        {
            packet.ForeignState = send = new NativeSend(endpoint, packet);
            lock (_all)
            {
                _all.Add(send);
            }
        }

        NativeMdl* chain = data is null ? null : send.Pin(data);
        nint handle = Handles.Add(send);
        Volatile.Write(ref send.Handle, handle);
        NtStatus status = CallHost(handle, payload, transactionId, chain, (uint)flags);
        if (status.IsSuccess() || !Handles.TryRemove(handle, out _))
        {
            // Under way; or told to be done all the same.
            return NtStatus.Success;
        }

        End(send);
        return status;
    }

    public bool TryCancel(VmbusPacket packet, long serial)
    {
        if (packet.ForeignState is not NativeSend send)
        {
            return false;
        }

        // In this order: a number that still holds after the handle was read shows that the handle is not of a later send.
        nint handle = Volatile.Read(ref send.Handle);
        return packet.Serial == serial && !send.HasData && TryFinish(send, handle, NtStatus.Cancelled, default, KernelIrql.Current);
    }

    /// <summary>Tells that a packet is done, unless somebody else has.</summary>
    public bool TryFinish(NativeSend send, nint handle, NtStatus status, ReadOnlySpan<byte> payload, Irql level)
    {
        if (!Handles.TryRemove(handle, out _))
        {
            return false;
        }

        End(send);
        endpoint.Finish(send.Packet, status, payload, level);
        return true;
    }

    /// <summary>No completion comes any more.</summary>
    public void End()
    {
        NativeSend[] sends;
        lock (_all)
        {
            sends = [.. _all];
        }

        foreach (NativeSend send in sends)
        {
            TryFinish(send, Volatile.Read(ref send.Handle), NtStatus.DeviceRemoved, default, Irql.Passive);
        }
    }

    private static void End(NativeSend send)
    {
        Volatile.Write(ref send.Handle, 0);
        send.Unpin();
    }

    private NtStatus CallHost(nint packet, ReadOnlySpan<byte> payload, ulong transactionId, NativeMdl* chain, uint flags)
    {
        if (payload.Length > endpoint.Channel.Options.MaximumPacketSize)
        {
            return NtStatus.InvalidBufferSize;
        }

        if (endpoint.Exports.Send is null)
        {
            return NtStatus.NotSupported;
        }

        if (endpoint.Fault is not null || !endpoint.TryEnter())
        {
            return NtStatus.DeviceRemoved;
        }

        NtStatus status;
        using (CallbackScope.Enter(endpoint.Channel, CallbackKind.Processing))
        {
            fixed (byte* bytes = payload)
            {
                status = endpoint.Exports.Send(endpoint.Exports.Context, packet, bytes, (uint)payload.Length, transactionId, chain, flags);
            }
        }

        endpoint.Exit();
        if (status.IsSuccess())
        {
            Interlocked.Increment(ref endpoint.Channel.CounterSet.PacketsSent);
            Interlocked.Add(ref endpoint.Channel.CounterSet.BytesSent, payload.Length);
        }

        return status;
    }
}
