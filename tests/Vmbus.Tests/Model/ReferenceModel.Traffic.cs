namespace Vmbus.Tests.Model;

/// <content>Packets: the rings, what waits for room in them, and what becomes of what they carry.</content>
internal sealed partial class ReferenceModel
{
    /// <summary>How many bytes a ring takes: one granule stays free.</summary>
    private const int RingCapacity = WalkConfiguration.RingSize - 8;

    /// <returns>What the call answers.</returns>
    public NtStatus Send(bool server, long sequence, PacketSend send)
    {
        ModelEndpoint from = this[server];
        if (from.Outgoing is not { } ring || from.Fault != ModelFault.None || from.IsPeerGone)
        {
            return NtStatus.DeviceRemoved;
        }

        ModelPacket packet = new(sequence, send, IsCompletion: false);
        if (send.Form == SendForm.Try && (from.Backlog.Count > 0 || !Fits(ring, packet)))
        {
            return NtStatus.BufferOverflow;
        }

        if (send.Waits)
        {
            from.Outstanding.Add(sequence);
        }

        from.Backlog.Add(packet);
        return NtStatus.Success;
    }

    /// <summary>Gives a packet up.</summary>
    /// <returns>Whether it can be.</returns>
    public bool Cancel(bool server, long sequence)
    {
        ModelEndpoint from = this[server];
        int waiting = from.Backlog.FindIndex(packet => packet.Sequence == sequence && !packet.IsCompletion);
        if (waiting >= 0)
        {
            from.Backlog.RemoveAt(waiting);
        }
        else if (_withData.Contains((server, sequence)))
        {
            // The other side has its memory.
            return false;
        }

        from.Outstanding.Remove(sequence);
        from.Outcomes.Add(sequence, NtStatus.Cancelled);
        return true;
    }

    public void EndHeld(bool server, int index, bool fail)
    {
        ModelEndpoint endpoint = this[server];
        ModelPacket packet = endpoint.Held[index];
        endpoint.Held.RemoveAt(index);
        if (!fail)
        {
            Answer(endpoint, packet);
        }
        else if (endpoint.Fault == ModelFault.None)
        {
            endpoint.Fault = ModelFault.PacketFailed;
        }
    }

    /// <returns>How many packets are given up.</returns>
    public int Abandon(bool server)
    {
        int count = this[server].Lost.Count;
        this[server].Lost.Clear();
        return count;
    }

    private static bool Fits(Queue<ModelPacket> ring, ModelPacket packet) => ring.Sum(other => other.Footprint) + packet.Footprint <= RingCapacity;

    /// <summary>An endpoint that stopped by itself, or whose other side has left, sends nothing, and reads no completion any more.</summary>
    private static bool EndSending(ModelEndpoint endpoint)
    {
        bool ends = endpoint.Fault != ModelFault.None || (endpoint.IsPeerGone && !endpoint.IsRunning);
        if (endpoint.Connection is null || !ends || (endpoint.Outstanding.Count == 0 && endpoint.Backlog.Count == 0))
        {
            return false;
        }

        EndSent(endpoint);
        return true;
    }

    private static void EndSent(ModelEndpoint endpoint)
    {
        foreach (long sequence in endpoint.UnderWay)
        {
            endpoint.Outcomes.Add(sequence, NtStatus.DeviceRemoved);
        }

        endpoint.Outstanding.Clear();
        endpoint.Backlog.Clear();
    }

    /// <summary>What waits for room moves into the ring, also if nobody reads it any more.</summary>
    private bool Drain(ModelEndpoint endpoint)
    {
        if (endpoint.Backlog.Count == 0 || !Fits(endpoint.Outgoing!, endpoint.Backlog[0]))
        {
            return false;
        }

        ModelPacket packet = endpoint.Backlog[0];
        endpoint.Backlog.RemoveAt(0);
        endpoint.Outgoing!.Enqueue(packet);
        endpoint.Sent++;
        if (packet is { IsCompletion: false, Send.HasData: true })
        {
            _withData.Add((endpoint.IsServer, packet.Sequence));
        }

        if (packet is { IsCompletion: false, Send.IsDoneInRing: true })
        {
            endpoint.Outcomes.Add(packet.Sequence, NtStatus.Success);
        }

        return true;
    }

    private bool Deliver(ModelEndpoint endpoint)
    {
        if (!endpoint.IsRunning || endpoint.Fault != ModelFault.None || endpoint.Charged >= quota || !endpoint.Incoming!.TryDequeue(out ModelPacket? packet))
        {
            return false;
        }

        if (packet.IsCompletion)
        {
            if (endpoint.Outstanding.Remove(packet.Sequence))
            {
                endpoint.Outcomes.Add(packet.Sequence, NtStatus.Success);
                _completedNow.Add((endpoint.IsServer, packet.Sequence));
            }

            // Else it was given up: its completion is late.
            return true;
        }

        endpoint.Delivered.Add(packet.Sequence);
        switch (packet.Send.Fate)
        {
            case PacketFate.Hold:
                endpoint.Held.Add(packet);
                break;
            case PacketFate.Lose:
                endpoint.Lost.Add(packet);
                break;
            case PacketFate.Fail:
                endpoint.Fault = ModelFault.PacketFailed;
                break;
            case PacketFate.Throw:
                endpoint.Fault = ModelFault.CallbackThrew;
                endpoint.ClosesAfterFault = true;
                break;
            default:
                Answer(endpoint, packet);
                break;
        }

        return true;
    }

    private void Answer(ModelEndpoint endpoint, ModelPacket packet)
    {
        endpoint.Completed++;
        if (packet.Send.Waits && endpoint.Fault == ModelFault.None)
        {
            endpoint.Backlog.Add(packet with { IsCompletion = true });
        }
    }
}
