namespace Vmbus;

/// <summary>A sent packet is done: EvtVmbPacketCompletionRoutine. DISPATCH_LEVEL or lower.</summary>
/// <remarks>Routines of packets that ask for no completion are called one after the other on a thread, never one inside another: what a routine sends is told when it has returned.</remarks>
/// <param name="packet">The packet; whoever gets it here owns it again and may send it anew or dispose it.</param>
/// <param name="status"><see cref="NtStatus.Success"/>, or why it was not completed: <see cref="NtStatus.DeviceRemoved"/> when the channel closed.</param>
/// <param name="buffer">The payload of the completion packet, with its padding; valid until the callback returns.</param>
[IrqlRequiresMax(Irql.Dispatch)]
public delegate void PacketCompletionHandler(VmbusPacket packet, NtStatus status, ReadOnlySpan<byte> buffer);
