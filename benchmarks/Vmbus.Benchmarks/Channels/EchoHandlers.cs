namespace Vmbus.Benchmarks.Channels;

/// <summary>The server: answers a request with its own bytes after it has read its external data; counts what asks for no answer.</summary>
internal sealed partial class EchoHandlers
{
    private readonly byte[] _copy = new byte[4096];
    private readonly Signal _received = new();
    private int _remaining;

    /// <summary>So many packets that nobody answers are to come.</summary>
    public ValueTask ExpectAsync(int count)
    {
        ValueTask received = _received.Arm();
        Volatile.Write(ref _remaining, count);
        return received;
    }

    [ProcessPacket]
    private void OnAny(PacketCompletion packet, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags)
    {
        if ((flags & ProcessPacketFlags.ExternalData) != 0)
        {
            NtStatus status = packet.GetExternalData(ExternalDataFlags.ReadOnly, out ExternalData data);
            if (status == NtStatus.Pending)
            {
                return;
            }

            if (status != NtStatus.Success)
            {
                packet.Fail();
                return;
            }

            data.CopyTo(_copy.AsSpan(0, (int)data.Length));
        }

        if (packet.IsCompletionRequested)
        {
            packet.Complete(buffer);
            return;
        }

        packet.Complete();
        if (Interlocked.Decrement(ref _remaining) == 0)
        {
            _received.Set();
        }
    }
}
