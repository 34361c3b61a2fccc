using Vmbus.Ring;
using Vmbus.Verification;

namespace Vmbus;

/// <content>What becomes of the packets that were delivered. Those that have outlived their callback may be ended on any thread.</content>
internal sealed partial class IncomingQueue
{
    public override void Completed(IncomingPacket packet, ReadOnlySpan<byte> payload, bool inline)
    {
        if (packet.IsCompletionRequested && _connection.Fault is not null)
        {
            // A channel that has stopped by itself sends nothing any more.
        }
        else if (packet.IsCompletionRequested)
        {
            _outgoing.Send(new OutgoingSend
            {
                Type = PacketType.Completion,
                TransactionId = packet.TransactionId,
                Payload = payload,
                MayQueue = true,
                Publish = !inline || _turn.AtPassive,
            });
        }
        else if (!payload.IsEmpty)
        {
            Interlocked.Increment(ref _counters.CompletionPayloadsDropped);
            _observer.Verifier?.PayloadDropped(inline ? _observer.Describe(packet) : packet.Handler, packet.TransactionId, payload.Length);
        }

        _observer.EndTrace(packet, error: null);
        if (inline)
        {
            _counters.PacketsCompletedInline++;
        }
        else
        {
            Interlocked.Increment(ref _counters.PacketsCompletedLater);
            _owed.Retire(packet);
        }
    }

    public override void Failed(IncomingPacket packet, bool inline, bool malformed)
    {
        Interlocked.Increment(ref _counters.PacketsFailed);
        _observer.EndTrace(packet, nameof(PacketCompletion.Fail));
        string handler = _observer.Describe(packet);
        string what = malformed
            ? $"Packet {packet.TransactionId} of {packet.Length} bytes is too short for its handler {handler}, or lacks the external data that this takes, and was failed"
            : $"{handler} failed packet {packet.TransactionId}";
        _connection.Stop(new VmbusException(NtStatus.DataError, $"{what}: the queue of channel {Channel} has stopped."), close: false);
        if (!inline)
        {
            _owed.Retire(packet);
        }
    }

    public override void Deferred(IncomingPacket packet) => _counters.PacketsDeferred++;

    public override void Pended(IncomingPacket packet)
    {
        _counters.PacketsPended++;
        _owed.Owe(packet);

        // From here on another thread may complete the packet and give its place back.
        _current = null;
        _pendedBy = packet.Handler;
        _pages.IsAwaited = false;
    }

    public override NtStatus ReplyInBand(IncomingPacket packet, ReadOnlySpan<byte> payload, bool inline)
        => _connection.Fault is not null ? NtStatus.DeviceRemoved : _outgoing.Send(new OutgoingSend
        {
            Type = PacketType.DataInBand,
            TransactionId = packet.TransactionId,
            Payload = payload,
            MayQueue = true,
            Publish = !inline || _turn.AtPassive,
        });

    public override NtStatus GetExternalData(IncomingPacket packet, long generation, ExternalDataFlags flags, bool inline, out ExternalData data)
    {
        data = default;
        if ((packet.Flags & ProcessPacketFlags.ExternalData) == 0 || packet.Data is not { } references)
        {
            return NtStatus.InvalidParameter;
        }

        if (inline && !references.IsObtained && _pages.MustWait)
        {
            _pages.IsAwaited = true;
            return NtStatus.Pending;
        }

        if (!inline && !references.IsObtained)
        {
            KernelIrql.RequirePassive("PendingPacket.GetExternalData", "Obtain the data before Pend, or ask for it at PASSIVE_LEVEL.");
        }

        if (!references.TryObtain(_connection.GuestMemory, packet, generation))
        {
            return NtStatus.InvalidParameter;
        }

        data = references.Bind(packet, generation, (flags & ExternalDataFlags.ReadOnly) != 0);
        return NtStatus.Success;
    }

    public override void Misused(IncomingPacket packet, long generation, bool isEnd, string what)
    {
        if (_observer.Verifier is not { } verifier)
        {
            return;
        }

        // What is known of a packet that has gone is known until its place serves another.
        bool isKnown = packet.Generation == generation || (packet.Generation == generation + 1 && packet.Duty == PacketDuty.None);
        bool isCurrent = ReferenceEquals(_current, packet) && CallbackScope.Running(Channel) == CallbackKind.Processing;
        string? handler = isCurrent ? _observer.Describe(packet) : isKnown ? packet.Handler : null;
        verifier.Misused(isEnd, handler, isKnown ? packet.TransactionId : null, what);
    }
}
