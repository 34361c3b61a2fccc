using System.Buffers.Binary;
using Vmbus.CompilerServices;

namespace Vmbus.Tests.Model;

/// <content>What it sends, what it does with packets, and how a server saves and restores what is under way.</content>
internal sealed partial class ObservedEndpoint
{
    private const int GuestMemoryLength = 2 * 4096;
    private const int DataRoom = 4096;
    private const int DataLength = 24;

    /// <summary>The packets that were sent and are not done, by their numbers.</summary>
    private readonly Dictionary<long, VmbusPacket> _underWay = [];

    private int _dataHandled;

    /// <summary>How many packets with external data were handled.</summary>
    public int DataHandled => Volatile.Read(ref _dataHandled);

    CallbackTraits IChannelCallbacks.Traits => new() { SavesPackets = IsServer };

    public NtStatus Send(long sequence, PacketSend send)
    {
        byte[] payload = new byte[send.Length];
        payload[0] = (byte)send.Fate;
        BinaryPrimitives.WriteInt64LittleEndian(payload.AsSpan(8), sequence);
        switch (send.Form)
        {
            case SendForm.Channel:
                return Channel.Send(payload, (ulong)sequence);
            case SendForm.Try:
                return Channel.TrySend(payload);
        }

        VmbusPacket packet = Channel.AllocatePacket();
        Memory<byte> data = send.HasData ? Data(sequence) : default;
        packet.SetExternalData(data);
        Follow(packet, sequence, data);
        NtStatus status = packet.Send(payload, send.WantsCompletion ? VmbusSendFlags.WaitForCompletion : VmbusSendFlags.None);
        if (!status.IsSuccess())
        {
            lock (_sync)
            {
                _underWay.Remove(sequence);
            }

            packet.Dispose();
        }

        return status;
    }

    /// <summary>Gives a packet up.</summary>
    /// <returns>Whether it was under way, and could be.</returns>
    public bool Cancel(long sequence)
    {
        // Under the lock: a packet that is done is used again.
        lock (_sync)
        {
            return _underWay.TryGetValue(sequence, out VmbusPacket? packet) && packet.Cancel();
        }
    }

    /// <summary>Gives any packet up, if one is under way.</summary>
    public void CancelAny(int index)
    {
        lock (_sync)
        {
            if (_underWay.Count != 0)
            {
                _underWay.Values.ElementAt(index % _underWay.Count).Cancel();
            }
        }
    }

    void IChannelCallbacks.ProcessPacket(VmbusChannel channel, PacketCompletion packet, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags)
    {
        PacketFate fate = _observer.IsCalm ? PacketFate.Complete : (PacketFate)buffer[0];
        long sequence = BinaryPrimitives.ReadInt64LittleEndian(buffer[8..]);
        bool defers = fate == PacketFate.Defer && KernelIrql.Current != Irql.Passive;
        using CallbackRules.Region region = _rules.EnterProcessing();
        NtStatus status = NtStatus.Success;
        ExternalData data = default;
        if (flags == ProcessPacketFlags.ExternalData)
        {
            status = packet.GetExternalData(ExternalDataFlags.None, out data);
        }

        _rules.Count(sequence, comesAgain: defers || status == NtStatus.Pending);
        if (status == NtStatus.Pending)
        {
            return;
        }

        if (!defers)
        {
            lock (_sync)
            {
                _deliveredByOpening[^1].Add(sequence);
            }

            if (flags == ProcessPacketFlags.ExternalData && status == NtStatus.Success)
            {
                Increment(data);
                Interlocked.Increment(ref _dataHandled);
            }
        }

        if (_triesForbiddenCalls && Interlocked.Increment(ref _callbacks) % 4 == 0)
        {
            TryForbidden("ProcessPacket", inStateChange: false);
        }

        switch (fate)
        {
            case PacketFate.Hold:
                lock (_sync)
                {
                    _held.Add(packet.Pend());
                }

                break;
            case PacketFate.Defer when defers:
                packet.DeferToPassive();
                break;
            case PacketFate.Lose:
                break;
            case PacketFate.Fail:
                packet.Fail();
                break;
            case PacketFate.Throw:
                throw new WalkException("ProcessPacket");
            default:
                packet.Complete(buffer.Slice(8, PacketSend.AnswerLength));
                break;
        }
    }

    void IChannelCallbacks.ProcessingComplete(VmbusChannel channel, uint packetsProcessed)
    {
        using CallbackRules.Region region = _rules.EnterProcessing();
        _rules.CheckProcessingComplete(packetsProcessed);
    }

    NtStatus IChannelCallbacks.SavePacket(VmbusChannel channel, VmbusPacket packet, Span<byte> buffer, out int bytesNeeded)
    {
        bytesNeeded = sizeof(long);
        return BinaryPrimitives.TryWriteInt64LittleEndian(buffer, (long)packet.Context!) ? NtStatus.Success : NtStatus.BufferTooSmall;
    }

    NtStatus IChannelCallbacks.RestorePacket(VmbusChannel channel, ReadOnlySpan<byte> libraryState, ReadOnlySpan<byte> savedState)
    {
        VmbusPacket packet = channel.AllocatePacket();
        Follow(packet, BinaryPrimitives.ReadInt64LittleEndian(savedState), default);
        return packet.Restore(libraryState);
    }

    private void Follow(VmbusPacket packet, long sequence, Memory<byte> data)
    {
        packet.Context = sequence;
        packet.CompletionRoutine = (done, status, answer) => Done(done, sequence, data, status, answer);
        lock (_sync)
        {
            _underWay.Add(sequence, packet);
        }
    }

    private void Done(VmbusPacket packet, long sequence, Memory<byte> data, NtStatus status, ReadOnlySpan<byte> answer)
    {
        lock (_sync)
        {
            _underWay.Remove(sequence);
            if (!_outcomes.TryAdd(sequence, status))
            {
                Violate($"packet {sequence} was done twice: {_outcomes[sequence]}, {status}");
            }
        }

        if (status == NtStatus.Success && !answer.IsEmpty && BinaryPrimitives.ReadInt64LittleEndian(answer) != sequence)
        {
            Violate($"packet {sequence} got the answer to packet {BinaryPrimitives.ReadInt64LittleEndian(answer)}");
        }

        if (status == NtStatus.Success && data.Span.ContainsAnyExcept((byte)(sequence + 1)))
        {
            Violate($"the memory of packet {sequence} is {Convert.ToHexString(data.Span)}");
        }

        packet.Dispose();
    }

    /// <summary>Memory whose bytes are the packet's number: of the process, or of the guest, which the other side sees where it lies.</summary>
    private Memory<byte> Data(long sequence)
    {
        Memory<byte> data = sequence % 2 == 0 ? new byte[DataLength] : _guestMemory.Slice((int)(sequence * DataLength % (DataRoom - DataLength)), DataLength);
        data.Span.Fill((byte)sequence);
        return data;
    }

    private static void Increment(in ExternalData data)
    {
        Span<byte> bytes = stackalloc byte[DataLength];
        data.CopyTo(bytes);
        foreach (ref byte value in bytes)
        {
            value++;
        }

        data.CopyFrom(bytes);
    }
}
