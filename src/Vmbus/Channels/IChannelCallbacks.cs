using System.ComponentModel;
using Vmbus.CompilerServices;

namespace Vmbus;

/// <summary>
/// The callbacks of a channel: what the generator makes of a class with annotated handlers, bound by <see cref="VmbusChannel.SetCallbacks"/>. It may also
/// be implemented by hand; every member has a default body.
/// </summary>
public interface IChannelCallbacks
{
    /// <summary>What the class says about the channel it is bound to.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    CallbackTraits Traits => default;

    /// <summary>
    /// A packet arrived: EvtVmbChannelProcessPacket. DISPATCH_LEVEL or lower, PASSIVE_LEVEL on a channel that processes at passive. The default fails the packet.
    /// </summary>
    /// <param name="channel">The channel.</param>
    /// <param name="packet">The duty to complete the packet, exactly once.</param>
    /// <param name="buffer">The packet's bytes, without the VMBus and KMCL headers; valid until the callback or the duty ends, whichever is first.</param>
    /// <param name="flags">Whether the packet references external data.</param>
    [IrqlRequiresMax(Irql.Dispatch)]
    void ProcessPacket(VmbusChannel channel, [CompletesPacket] PacketCompletion packet, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags) => packet.Fail();

    /// <summary>
    /// Packets arrived. DISPATCH_LEVEL or lower, PASSIVE_LEVEL on a channel that processes at passive. The default calls <see cref="ProcessPacket"/> for each.
    /// </summary>
    /// <param name="batch">The packets; each that <see cref="PacketBatch.MoveNext"/> delivers must be completed exactly once.</param>
    [IrqlRequiresMax(Irql.Dispatch)]
    void ProcessBatch(ref PacketBatch batch)
    {
        while (batch.MoveNext())
        {
            ProcessPacket(batch.Channel, batch.Packet, batch.Buffer, batch.Flags);
        }
    }

    /// <summary>Delivery pauses: EvtVmbChannelProcessingComplete. At the level of <see cref="ProcessPacket"/>.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="packetsProcessed">
    /// How many packets were delivered since the last pause. Each counts once, when it comes first: 0 where only a packet came again whose external data was awaited.
    /// </param>
    [IrqlRequiresMax(Irql.Dispatch)]
    void ProcessingComplete(VmbusChannel channel, uint packetsProcessed)
    {
    }

    /// <summary>The other side opened the channel: EvtVmbChannelOpened. PASSIVE_LEVEL.</summary>
    /// <param name="channel">The channel.</param>
    /// <returns>A failure status rolls the opening back.</returns>
    [IrqlRequires(Irql.Passive)]
    NtStatus Opened(VmbusChannel channel) => NtStatus.Success;

    /// <summary>The channel is configured, its incoming queue does not run yet: EvtVmbChannelStarted. PASSIVE_LEVEL.</summary>
    /// <param name="channel">The channel; sends may be queued, completions must not be waited for.</param>
    [IrqlRequires(Irql.Passive)]
    void Started(VmbusChannel channel)
    {
    }

    /// <summary>The incoming queue runs: EvtVmbChannelPostStarted. PASSIVE_LEVEL.</summary>
    /// <param name="channel">The channel; synchronous requests are possible.</param>
    [IrqlRequires(Irql.Passive)]
    void PostStarted(VmbusChannel channel)
    {
    }

    /// <summary>No packet is or will be delivered until the next <see cref="Started"/>: EvtVmbChannelSuspend. PASSIVE_LEVEL.</summary>
    /// <param name="channel">The channel; owed packets must still be completed, sending must stop.</param>
    [IrqlRequires(Irql.Passive)]
    void Suspend(VmbusChannel channel)
    {
    }

    /// <summary>The channel is closed: EvtVmbChannelClosed. PASSIVE_LEVEL.</summary>
    /// <param name="channel">The channel; all its GPADLs must be deleted here.</param>
    [IrqlRequires(Irql.Passive)]
    void Closed(VmbusChannel channel)
    {
    }

    /// <summary>A client endpoint could not connect though the device exists: EvtChannelPnpFailure. PASSIVE_LEVEL.</summary>
    /// <param name="channel">The channel, which falls back to Disabled.</param>
    /// <param name="status">Why.</param>
    [IrqlRequires(Irql.Passive)]
    void PnpFailure(VmbusChannel channel, NtStatus status)
    {
    }

    /// <summary>
    /// A sent packet without a completion routine of its own is done: EvtVmbPacketCompletionRoutine. DISPATCH_LEVEL or lower. The default frees the packet.
    /// </summary>
    /// <param name="packet">The packet; whoever gets it here owns it again.</param>
    /// <param name="status">Success, or why it was not completed.</param>
    /// <param name="buffer">The payload of the completion packet, with its padding; valid until the callback returns.</param>
    [IrqlRequiresMax(Irql.Dispatch)]
    void PacketCompletionRoutine(VmbusPacket packet, NtStatus status, ReadOnlySpan<byte> buffer) => packet.Dispose();

    /// <summary>
    /// An outgoing packet that is under way is saved: EvtVmbChannelSavePacket. Server endpoints. Called first with an empty buffer, to ask for the size, and, unless
    /// that is 0, again with a buffer of that size. PASSIVE_LEVEL. The default has nothing to save: the library saves its own part of a packet.
    /// </summary>
    /// <remarks>A class that implements it says so with <see cref="CallbackTraits.SavesPackets"/>; generated code does.</remarks>
    /// <param name="channel">The channel, which is paused.</param>
    /// <param name="packet">The packet; it stays under way.</param>
    /// <param name="buffer">Receives what <see cref="RestorePacket"/> needs to make the packet again.</param>
    /// <param name="bytesNeeded">The bytes that the packet needs; with a buffer that is large enough, those that were written.</param>
    /// <returns>A failure status, other than <see cref="NtStatus.BufferTooSmall"/> for a buffer that is too small, ends the save.</returns>
    [IrqlRequires(Irql.Passive)]
    NtStatus SavePacket(VmbusChannel channel, VmbusPacket packet, Span<byte> buffer, out int bytesNeeded)
    {
        bytesNeeded = 0;
        return NtStatus.Success;
    }

    /// <summary>
    /// A saved packet is to be made again: EvtVmbChannelRestorePacket. It allocates a packet, fills it in, and hands it to <see cref="VmbusPacket.Restore"/>.
    /// Server endpoints. PASSIVE_LEVEL. The default does that with a packet that has nothing of the user's.
    /// </summary>
    /// <param name="channel">The channel, which is disabled.</param>
    /// <param name="libraryState">The library's part, for <see cref="VmbusPacket.Restore"/>; valid until the callback returns.</param>
    /// <param name="savedState">What <see cref="SavePacket"/> wrote; empty where it wrote nothing. Valid until the callback returns.</param>
    /// <returns>A failure status ends the restore.</returns>
    [IrqlRequires(Irql.Passive)]
    NtStatus RestorePacket(VmbusChannel channel, ReadOnlySpan<byte> libraryState, ReadOnlySpan<byte> savedState)
    {
        VmbusPacket packet = channel.AllocatePacket();
        NtStatus status = packet.Restore(libraryState);
        if (!status.IsSuccess())
        {
            packet.Dispose();
        }

        return status;
    }

    /// <summary>Which handler takes a packet, for reports, metrics and counters; off the hot path.</summary>
    /// <param name="buffer">The packet's bytes.</param>
    /// <returns>The handler's name, a constant; <see langword="null"/> where the class does not tell.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [IrqlRequiresMax(Irql.Dispatch)]
    string? DescribeHandler(ReadOnlySpan<byte> buffer) => null;
}
