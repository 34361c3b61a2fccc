namespace Vmbus;

/// <content>GPADLs.</content>
public sealed partial class VmbusChannel
{
    /// <summary>
    /// Shares memory with the server until it is deleted. Client endpoints, from the Opened callback on. KMCL VmbChannelCreateGpadlFromBuffer and
    /// VmbChannelCreateGpadlFromMdl (a part of a buffer is a slice of it). PASSIVE_LEVEL.
    /// </summary>
    /// <param name="memory">The memory, not empty; the GPADL keeps it.</param>
    /// <param name="flags">Whether the server is asked only to read it.</param>
    /// <returns>The GPADL; dispose it to delete it, at the latest in the Closed callback.</returns>
    /// <exception cref="VmbusException">The channel is a server endpoint or is not open, the memory is empty or, on a bus over shared memory, not guest memory, or a flag is unknown.</exception>
    [IrqlRequiresMax(Irql.Passive)]
    public Gpadl CreateGpadl(Memory<byte> memory, GpadlFlags flags = GpadlFlags.None)
    {
        KernelIrql.RequirePassive("VmbusChannel.CreateGpadl", "Create it in [ChannelOpened].");
        RequireOwnLifecycle(nameof(CreateGpadl));
        if (Options.IsServer)
        {
            throw new VmbusException(NtStatus.InvalidDeviceRequest, $"CreateGpadl was called on server endpoint {this}: the client shares memory, the server maps it.");
        }

        if ((flags & ~GpadlFlags.ReadOnly) != 0)
        {
            throw new VmbusException(NtStatus.InvalidParameter2, $"CreateGpadl was called with unknown flags 0x{(uint)flags:X}.");
        }

        if (memory.IsEmpty)
        {
            throw new VmbusException(NtStatus.InvalidParameter3, "CreateGpadl was called with empty memory.");
        }

        if (_lifecycle.AgreedConnection is { } connection)
        {
            NtStatus status = connection.CreateGpadl(memory, flags, out Gpadl? gpadl);
            return gpadl ?? throw new VmbusException(
                status,
                status == NtStatus.InvalidParameter3
                    ? "CreateGpadl was called with memory that the other process cannot see. Take it from SharedMemoryBus.AllocateGuestMemory."
                    : $"The memory of the GPADL could not be shared with the server of channel {this}.");
        }

        throw new VmbusException(NtStatus.InvalidDeviceState, $"CreateGpadl was called on channel {this} in state {State}: it is possible from the Opened callback on.");
    }

    /// <summary>Maps memory that the client shares. Server endpoints. One mapping at a time. KMCL VmbChannelMapGpadl. PASSIVE_LEVEL.</summary>
    /// <param name="handle">The handle, which the client sent in a packet. Any value may come from a peer.</param>
    /// <param name="flags">Whether it is mapped for reading only.</param>
    /// <param name="gpadl">The mapping; dispose it to unmap it.</param>
    /// <returns>
    /// <see cref="NtStatus.Success"/>; <see cref="NtStatus.InvalidParameter3"/>: the client has shared no such GPADL; <see cref="NtStatus.InvalidDeviceState"/>: it is
    /// mapped already, or the channel is not open; <see cref="NtStatus.InvalidParameter2"/>: unknown flags; <see cref="NtStatus.InvalidDeviceRequest"/>: on a client endpoint.
    /// </returns>
    [IrqlRequiresMax(Irql.Passive)]
    public NtStatus MapGpadl(uint handle, GpadlFlags flags, out Gpadl? gpadl)
    {
        KernelIrql.RequirePassive("VmbusChannel.MapGpadl", "Map it in a handler with Irql = Irql.Passive.");
        RequireOwnLifecycle(nameof(MapGpadl));
        gpadl = null;
        if (!Options.IsServer)
        {
            return NtStatus.InvalidDeviceRequest;
        }

        if ((flags & ~GpadlFlags.ReadOnly) != 0)
        {
            return NtStatus.InvalidParameter2;
        }

        return _lifecycle.AgreedConnection is { } connection ? connection.MapGpadl(handle, flags, out gpadl) : NtStatus.InvalidDeviceState;
    }
}
