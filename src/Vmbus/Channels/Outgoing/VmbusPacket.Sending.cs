using Vmbus.Diagnostics;
using Vmbus.Ring;

namespace Vmbus;

/// <content>The ways of a packet into a ring: what is checked before, and what is undone where it does not get there.</content>
public sealed partial class VmbusPacket
{
    /// <summary>Sends without asking for a completion, under a transaction id of the caller's.</summary>
    internal NtStatus SendQueued(ChannelConnection? connection, ReadOnlySpan<byte> payload, ulong wireTransactionId)
    {
        if (connection is null)
        {
            return SendForeign(Channel.Foreign!, payload, VmbusSendFlags.None, wireTransactionId);
        }

        long serial = _use.Begin(connection);
        NtStatus status = SendAndForget(connection, payload, serial, wireTransactionId);
        if (!status.IsSuccess())
        {
            TakeBack(isSettled: true);
        }

        return status;
    }

    private NtStatus SendCore(ReadOnlySpan<byte> payload, VmbusSendFlags flags, bool shares)
    {
        const VmbusSendFlags Known = VmbusSendFlags.WaitForCompletion | VmbusSendFlags.ForceMdlLength | VmbusSendFlags.PagedBuffer;
        if ((flags & ~Known) != 0)
        {
            return NtStatus.InvalidParameter;
        }

        if ((flags & VmbusSendFlags.PagedBuffer) != 0 && KernelIrql.Current > Irql.Apc)
        {
            throw new IrqlViolationException("VmbusPacket.Send with PagedBuffer", KernelIrql.Current, Irql.Apc, "Send it below DISPATCH_LEVEL, or from memory that is not pageable.");
        }

        _use.RequireIdle();
        if (Channel.Foreign is { } foreign)
        {
            return SendForeign(foreign, payload, flags, 0);
        }

        if (Channel.OpenConnection is not { } connection)
        {
            return NtStatus.DeviceRemoved;
        }

        bool hasData = shares || _data is { Header.Length: > 0 };
        if (hasData)
        {
            if (Channel.Options.IsServer)
            {
                return NtStatus.InvalidDeviceRequest;
            }

            if (shares && (flags & VmbusSendFlags.ForceMdlLength) == 0 && Channel.ExceedsExternalData(_data!.Length, _data.PieceCount))
            {
                return NtStatus.InvalidBufferSize;
            }
        }

        long serial = _use.Begin(connection);
        NtStatus status = shares ? _data!.Share(connection.Port) : NtStatus.Success;
        if (!status.IsSuccess())
        {
            TakeBack(isSettled: true);
            return status;
        }

        bool waits = hasData || (flags & VmbusSendFlags.WaitForCompletion) != 0;
        status = waits ? SendAndWait(connection, payload, serial, hasData) : SendAndForget(connection, payload, serial);
        if (!status.IsSuccess())
        {
            EndRequest(status);
            TakeBack(isSettled: true);
        }

        return status;
    }

    private NtStatus SendForeign(IForeignChannel foreign, ReadOnlySpan<byte> payload, VmbusSendFlags flags, ulong transactionId)
    {
        if (_data is { Header.Length: > 0 })
        {
            // Pages by number mean something only to the memory of a bus of this library.
            return NtStatus.NotSupported;
        }

        bool shares = _data is { PieceCount: > 0 };
        if (shares && (flags & VmbusSendFlags.ForceMdlLength) == 0 && Channel.ExceedsExternalData(_data!.Length, _data.PieceCount))
        {
            return NtStatus.InvalidBufferSize;
        }

        _use.Begin(null);
        if (shares)
        {
            flags |= VmbusSendFlags.WaitForCompletion;
        }

        if ((flags & VmbusSendFlags.WaitForCompletion) != 0)
        {
            BeginRequest(transactionId, payload.Length);
        }

        NtStatus status = foreign.Send(this, payload, transactionId, shares ? _data : null, flags);
        if (!status.IsSuccess())
        {
            EndRequest(status);
            TakeBack(isSettled: true);
        }

        return status;
    }

    private NtStatus SendAndForget(ChannelConnection connection, ReadOnlySpan<byte> payload, long serial, ulong wireTransactionId = 0)
    {
        NtStatus status = connection.Outgoing.Send(new OutgoingSend
        {
            Type = PacketType.DataInBand,
            TransactionId = wireTransactionId,
            Payload = payload,
            Packet = this,
            Serial = serial,
            MayQueue = true,
            Publish = true,
        });
        if (status == NtStatus.Success)
        {
            DoneInRing.Tell(this);
        }

        return status == NtStatus.Pending ? NtStatus.Success : status;
    }

    private NtStatus SendAndWait(ChannelConnection connection, ReadOnlySpan<byte> payload, long serial, bool hasData)
    {
        OutstandingPackets outstanding = connection.Outgoing.Outstanding;
        if (!outstanding.TryAdd(this, out ulong transactionId))
        {
            return NtStatus.InsufficientResources;
        }

        _use.TransactionId = transactionId;
        BeginRequest(transactionId, payload.Length);
        NtStatus status = connection.Outgoing.Send(new OutgoingSend
        {
            Type = hasData ? PacketType.DataUsingGpaDirect : PacketType.DataInBand,
            Flags = PacketFlags.CompletionRequested,
            TransactionId = transactionId,
            Header = hasData ? _data!.Header : default,
            Payload = payload,
            Packet = this,
            Serial = serial,
            MayQueue = true,
            Publish = true,
        });

        if (connection.Fault is not null)
        {
            // It stopped in between, and may have ended what was outstanding before this packet was.
            connection.LifecycleChanged();
        }

        // A channel that closed in between has taken the packet out and told whom it concerns.
        return status.IsSuccess() || !outstanding.TryCancel(transactionId, this, wasSent: false) ? NtStatus.Success : status;
    }

    /// <summary>The packet is about to be sent and waits for its completion.</summary>
    private void BeginRequest(ulong transactionId, int size)
    {
        if (PacketTrace.WantsRequests)
        {
            _trace.BeginRequest(Channel, Channel.Options.TimeProvider, transactionId, size);
        }
    }

    /// <summary>The request has ended, or was not sent after all.</summary>
    private void EndRequest(NtStatus status)
    {
        if (_trace.IsActive)
        {
            _trace.End(Channel.MeasuredIn, Channel.Options.TimeProvider, status.IsSuccess() ? null : status.ToString());
        }
    }

    /// <param name="isSettled">Whether the other side does not have the external data, or has completed the packet.</param>
    private void TakeBack(bool isSettled)
    {
        if (_data is { } data && _use.Connection is { } connection)
        {
            data.Unshare(connection.Port, isSettled);
        }

        _use.End();
    }
}
