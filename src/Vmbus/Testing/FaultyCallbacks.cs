namespace Vmbus.Testing;

/// <summary>
/// Callbacks around others that lose, cut, change or break some packets before a handler sees them: for tests of what a service does then. The handler's
/// <c>buffer</c>, payload structure and remainder are the changed bytes; <see cref="PacketCompletion.Buffer"/> stays what arrived.
/// </summary>
/// <param name="inner">The callbacks under test.</param>
/// <param name="choose">What happens to each packet, by its number, from 0; called on the thread that delivers.</param>
public sealed class FaultyCallbacks(IChannelCallbacks inner, Func<long, PacketFault> choose) : IChannelCallbacks
{
    private readonly IChannelCallbacks _inner = ArgumentChecks.RequireNotNull(inner);
    private readonly Func<long, PacketFault> _choose = ArgumentChecks.RequireNotNull(choose);
    private long _packets;
    private long _faults;

    /// <summary>Packets that something happened to so far.</summary>
    public long Faults => Volatile.Read(ref _faults);

    CompilerServices.CallbackTraits IChannelCallbacks.Traits => _inner.Traits;

    /// <summary>A choice that repeats itself for a seed: each packet is lost, cut or changed with a probability.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="probability">0 to 1.</param>
    /// <returns>The choice, for one instance of <see cref="FaultyCallbacks"/>.</returns>
    public static Func<long, PacketFault> Randomly(int seed, double probability)
    {
        ArgumentChecks.RequireRange(probability, 0, 1);
        Random random = new(seed);
        return _ => random.NextDouble() >= probability ? default : random.Next(3) switch
        {
            0 => PacketFault.Lose,
            1 => PacketFault.Truncate(random.Next(64)),
            _ => PacketFault.FlipBit(random.Next(int.MaxValue)),
        };
    }

    void IChannelCallbacks.ProcessPacket(VmbusChannel channel, PacketCompletion packet, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags)
    {
        PacketFault fault = _choose(_packets++);
        if (fault.Kind != PacketFaultKind.None)
        {
            Interlocked.Increment(ref _faults);
        }

        switch (fault.Kind)
        {
            case PacketFaultKind.Lose:
                packet.Complete();
                break;
            case PacketFaultKind.Truncate:
                _inner.ProcessPacket(channel, packet, buffer[..Math.Min(fault.Operand, buffer.Length)], flags);
                break;
            case PacketFaultKind.FlipBit when !buffer.IsEmpty:
                byte[] changed = buffer.ToArray();
                int bit = fault.Operand % (changed.Length * 8);
                changed[bit / 8] ^= (byte)(1 << (bit % 8));
                _inner.ProcessPacket(channel, packet, changed, flags);
                break;
            case PacketFaultKind.Throw:
#pragma warning disable VMB108 // The fault is that the handler throws; what follows is for the channel to do.
                throw fault.Exception!;
#pragma warning restore VMB108
            default:
                _inner.ProcessPacket(channel, packet, buffer, flags);
                break;
        }
    }

    void IChannelCallbacks.ProcessingComplete(VmbusChannel channel, uint packetsProcessed) => _inner.ProcessingComplete(channel, packetsProcessed);

    NtStatus IChannelCallbacks.Opened(VmbusChannel channel) => _inner.Opened(channel);

    void IChannelCallbacks.Started(VmbusChannel channel) => _inner.Started(channel);

    void IChannelCallbacks.PostStarted(VmbusChannel channel) => _inner.PostStarted(channel);

    void IChannelCallbacks.Suspend(VmbusChannel channel) => _inner.Suspend(channel);

    void IChannelCallbacks.Closed(VmbusChannel channel) => _inner.Closed(channel);

    void IChannelCallbacks.PnpFailure(VmbusChannel channel, NtStatus status) => _inner.PnpFailure(channel, status);

    void IChannelCallbacks.PacketCompletionRoutine(VmbusPacket packet, NtStatus status, ReadOnlySpan<byte> buffer) => _inner.PacketCompletionRoutine(packet, status, buffer);

    NtStatus IChannelCallbacks.SavePacket(VmbusChannel channel, VmbusPacket packet, Span<byte> buffer, out int bytesNeeded) => _inner.SavePacket(channel, packet, buffer, out bytesNeeded);

    NtStatus IChannelCallbacks.RestorePacket(VmbusChannel channel, ReadOnlySpan<byte> libraryState, ReadOnlySpan<byte> savedState)
        => _inner.RestorePacket(channel, libraryState, savedState);

    string? IChannelCallbacks.DescribeHandler(ReadOnlySpan<byte> buffer) => _inner.DescribeHandler(buffer);
}
