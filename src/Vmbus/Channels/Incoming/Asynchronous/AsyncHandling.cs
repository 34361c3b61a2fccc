using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Vmbus;

/// <summary>A handler whose task yields nothing: its packet is completed without payload.</summary>
internal sealed class AsyncHandling : PendedHandling
{
    private ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter _awaiter;

    public void Start([CompletesPacket] PendingPacket packet, ValueTask task)
    {
        Action finish = Begin(packet);
        _awaiter = task.ConfigureAwait(false).GetAwaiter();
        _awaiter.UnsafeOnCompleted(finish);
    }

    protected override void Answer([CompletesPacket] PendingPacket packet)
    {
        ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter awaiter = _awaiter;
        _awaiter = default;
        awaiter.GetResult();
        packet.Complete();
    }
}

/// <summary>A handler whose task yields what is sent back.</summary>
/// <typeparam name="T">The structure that it yields.</typeparam>
internal sealed class AsyncHandling<[DynamicallyAccessedMembers(PayloadLayout.Fields)] T> : PendedHandling
    where T : unmanaged
{
    private ConfiguredValueTaskAwaitable<T>.ConfiguredValueTaskAwaiter _awaiter;
    private PacketReply _reply;

    public void Start([CompletesPacket] PendingPacket packet, ValueTask<T> task, PacketReply reply)
    {
        Action finish = Begin(packet);
        _reply = reply;
        _awaiter = task.ConfigureAwait(false).GetAwaiter();
        _awaiter.UnsafeOnCompleted(finish);
    }

    protected override void Answer([CompletesPacket] PendingPacket packet)
    {
        ConfiguredValueTaskAwaitable<T>.ConfiguredValueTaskAwaiter awaiter = _awaiter;
        _awaiter = default;
        T value = awaiter.GetResult();
        Reply(packet, PayloadPadding<T>.ToWire(ref value), _reply);
    }
}
