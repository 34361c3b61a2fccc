using System.Diagnostics.CodeAnalysis;

namespace Vmbus.Testing;

/// <summary>What a <see cref="ScriptedPeer"/> does with a packet that it expected. <c>default</c>: it completes it without payload.</summary>
public readonly struct PeerAnswer
{
    private readonly PendingPacketHandler? _end;

    private PeerAnswer(PendingPacketHandler end) => _end = end;

    /// <summary>It fails the packet: the peer's queue stops.</summary>
    public static PeerAnswer Fail { get; } = new(static packet => packet.Fail());

    /// <summary>It completes the packet.</summary>
    /// <param name="payload">The payload of the completion packet, copied.</param>
    /// <returns>The answer.</returns>
    public static PeerAnswer Complete(ReadOnlySpan<byte> payload)
    {
        byte[] copy = payload.ToArray();
        return new PeerAnswer(packet => packet.Complete(copy));
    }

    /// <summary>It completes the packet with the bytes of a structure.</summary>
    /// <typeparam name="T">The structure.</typeparam>
    /// <param name="payload">The payload of the completion packet.</param>
    /// <returns>The answer.</returns>
    public static PeerAnswer Complete<[DynamicallyAccessedMembers(PayloadLayout.Fields)] T>(T payload)
        where T : unmanaged
        => new(packet => packet.Complete(in payload));

    /// <summary>It hands the packet over: whoever gets it owes the completion.</summary>
    /// <param name="take">Gets the packet, on a thread of the pool.</param>
    /// <returns>The answer.</returns>
    public static PeerAnswer HandOver(PendingPacketHandler take)
    {
        ArgumentChecks.RequireNotNull(take);
        return new PeerAnswer(take);
    }

    internal void Give([CompletesPacket] PendingPacket packet)
    {
        if (_end is { } end)
        {
            end(packet);
        }
        else
        {
            packet.Complete();
        }
    }
}
