namespace Vmbus;

/// <summary>Whoever delivered a packet and is told what becomes of it: the incoming queue of a channel, or a packet made for a test.</summary>
internal abstract class PacketOwner
{
    /// <summary>The channel that callbacks see.</summary>
    public abstract VmbusChannel Channel { get; }

    /// <summary>The largest payload of a completion packet, in bytes.</summary>
    public abstract int MaximumCompletionPayload { get; }

    /// <summary>The duty of <paramref name="packet"/> has ended by completion.</summary>
    /// <param name="packet">The packet; after the call its place may be used again.</param>
    /// <param name="payload">What goes back with the completion packet, if one was asked for.</param>
    /// <param name="inline">Whether the callback still runs on this thread.</param>
    public abstract void Completed(IncomingPacket packet, ReadOnlySpan<byte> payload, bool inline);

    /// <summary>The duty of <paramref name="packet"/> has ended by failure; the queue stops.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="inline">Whether the callback still runs on this thread.</param>
    /// <param name="malformed">Whether dispatch failed it, before its handler, as it does not have what the handler takes.</param>
    public abstract void Failed(IncomingPacket packet, bool inline, bool malformed);

    /// <summary>The packet comes again at PASSIVE_LEVEL.</summary>
    public abstract void Deferred(IncomingPacket packet);

    /// <summary>The duty leaves the callback; the packet's bytes must be the packet's own from here on.</summary>
    public abstract void Pended(IncomingPacket packet);

    /// <summary>Sends an in-band packet with the packet's transaction id.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="inline">Whether the callback still runs on this thread.</param>
    /// <returns>What sending answers.</returns>
    public abstract NtStatus ReplyInBand(IncomingPacket packet, ReadOnlySpan<byte> payload, bool inline);

    /// <summary>Makes the external data of the packet accessible. A pended packet may end on another thread meanwhile; who calls looks afterwards.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="generation">Its generation.</param>
    /// <param name="flags">What the data is needed for.</param>
    /// <param name="inline">Whether the callback still runs on this thread.</param>
    /// <param name="data">The data on success.</param>
    /// <returns>As <see cref="PacketCompletion.GetExternalData"/>.</returns>
    public abstract NtStatus GetExternalData(IncomingPacket packet, long generation, ExternalDataFlags flags, bool inline, out ExternalData data);

    /// <summary>Cancelled when the channel begins to suspend; asynchronous handlers are handed it.</summary>
    public virtual CancellationToken Suspending => CancellationToken.None;

    /// <summary>The asynchronous handler of a pended packet has ended with an exception.</summary>
    /// <param name="packet">The packet, which is owed.</param>
    /// <param name="generation">Its generation.</param>
    /// <param name="exception">What the handler threw.</param>
    public virtual void AsynchronousHandlerThrew(IncomingPacket packet, long generation, Exception exception) => packet.Fail(generation, PacketDuty.Pended);

    /// <summary>A packet was ended twice, or used after its end; whoever did so gets an exception.</summary>
    /// <param name="packet">The place.</param>
    /// <param name="generation">Which packet of that place.</param>
    /// <param name="isEnd">Whether it was to be ended once more, and not only looked at.</param>
    /// <param name="what">What the exception says.</param>
    public virtual void Misused(IncomingPacket packet, long generation, bool isEnd, string what)
    {
    }
}
