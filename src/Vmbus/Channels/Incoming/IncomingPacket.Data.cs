using System.Diagnostics.CodeAnalysis;

namespace Vmbus;

/// <content>The packet's external data, which lasts as long as the packet does.</content>
internal sealed unsafe partial class IncomingPacket
{
    private IncomingData? _data;

    /// <summary>What the packet references; made when the first packet with external data comes to this place.</summary>
    public IncomingData? Data => Volatile.Read(ref _data);

    /// <summary><see cref="Data"/>, made now if no packet of this place has needed it. Any thread.</summary>
    public IncomingData MakeData() => Data ?? Interlocked.CompareExchange(ref _data, new IncomingData(), null) ?? _data!;

    public bool TryBeginCopy(long generation)
    {
        IncomingData data = Data!;
        data.BeginCopy();
        if (IsAlive(generation))
        {
            return true;
        }

        data.EndCopy();
        return false;
    }

    public void EndCopy() => Data!.EndCopy();

    public NtStatus GetExternalData(long generation, PacketDuty from, ExternalDataFlags flags, out ExternalData data)
    {
        if (Volatile.Read(ref _word) != Pack(generation, from))
        {
            ThrowNoExternalData(generation);
        }

        if ((flags & ~ExternalDataFlags.ReadOnly) != 0)
        {
            data = default;
            return NtStatus.InvalidParameter;
        }

        NtStatus status = Owner.GetExternalData(this, generation, flags, from == PacketDuty.Inline, out data);
        Volatile.ReadBarrier();
        if (!IsAlive(generation))
        {
            // Completed by another thread meanwhile: what was found may be that of the next packet of this place.
            ThrowNoExternalData(generation);
        }

        return status;
    }

    /// <summary>The external data of a pended packet is that of its PendingPacket; that of one that has ended is gone like everything else of it.</summary>
    [DoesNotReturn]
    private void ThrowNoExternalData(long generation)
    {
        if (Generation == generation && Duty is PacketDuty.Pended or PacketDuty.Lost)
        {
            ThrowNotOwed(generation, "asked for external data");
        }

        ThrowRetired(generation);
    }
}
