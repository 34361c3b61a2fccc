using System.ComponentModel;
using System.Diagnostics;

namespace Vmbus.CompilerServices;

/// <summary>
/// What generated native entry points call: from a number of C to the callbacks of its channel. Nothing throws. Binary compatible, as <see cref="GeneratedDispatch"/>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[DebuggerStepThrough]
public static unsafe class NativeDispatch
{
    /// <summary>EVT_VMB_CHANNEL_PROCESS_PACKET.</summary>
    /// <typeparam name="TCallbacks">The class that the entry point is generated for.</typeparam>
    /// <param name="channel">VMBCHANNEL.</param>
    /// <param name="packet">VMBPACKETCOMPLETION: the host's own.</param>
    /// <param name="buffer">The packet's bytes, valid until the return.</param>
    /// <param name="bufferLength">Their number.</param>
    /// <param name="flags">See <see cref="ProcessPacketFlags"/>.</param>
    public static void ProcessPacket<TCallbacks>(nint channel, nint packet, void* buffer, uint bufferLength, uint flags)
        where TCallbacks : class, IChannelCallbacks
    {
        if (NativeEndpoint.TryEnter<TCallbacks>(channel, nameof(ProcessPacket), out NativeEndpoint? endpoint))
        {
            try
            {
                endpoint.ProcessPacket(packet, buffer, bufferLength, flags);
            }
            catch (Exception exception)
            {
                // Handlers are caught where they are called; this is what an exception in C would bring down the process for.
                endpoint.Threw(nameof(ProcessPacket), exception);
            }
            finally
            {
                endpoint.Exit();
            }
        }
    }

    /// <summary>EVT_VMB_CHANNEL_PROCESSING_COMPLETE.</summary>
    /// <typeparam name="TCallbacks">The class that the entry point is generated for.</typeparam>
    /// <param name="channel">VMBCHANNEL.</param>
    /// <param name="packetsProcessed">How many packets were delivered since the last pause.</param>
    public static void ProcessingComplete<TCallbacks>(nint channel, uint packetsProcessed)
        where TCallbacks : class, IChannelCallbacks
        => Call<TCallbacks>(channel, NativeEntry.ProcessingComplete, packetsProcessed);

    /// <summary>EVT_VMB_CHANNEL_OPENED.</summary>
    /// <typeparam name="TCallbacks">The class that the entry point is generated for.</typeparam>
    /// <param name="channel">VMBCHANNEL.</param>
    /// <returns>A failure status rolls the opening back; <see cref="NtStatus.InvalidHandle"/>: <paramref name="channel"/> is no such channel.</returns>
    public static NtStatus Opened<TCallbacks>(nint channel)
        where TCallbacks : class, IChannelCallbacks
        => Call<TCallbacks>(channel, NativeEntry.Opened);

    /// <summary>EVT_VMB_CHANNEL_CLOSED.</summary>
    /// <typeparam name="TCallbacks">The class that the entry point is generated for.</typeparam>
    /// <param name="channel">VMBCHANNEL.</param>
    public static void Closed<TCallbacks>(nint channel)
        where TCallbacks : class, IChannelCallbacks
        => Call<TCallbacks>(channel, NativeEntry.Closed);

    /// <summary>EVT_VMB_CHANNEL_SUSPEND.</summary>
    /// <typeparam name="TCallbacks">The class that the entry point is generated for.</typeparam>
    /// <param name="channel">VMBCHANNEL.</param>
    public static void Suspend<TCallbacks>(nint channel)
        where TCallbacks : class, IChannelCallbacks
        => Call<TCallbacks>(channel, NativeEntry.Suspend);

    /// <summary>EVT_VMB_CHANNEL_STARTED.</summary>
    /// <typeparam name="TCallbacks">The class that the entry point is generated for.</typeparam>
    /// <param name="channel">VMBCHANNEL.</param>
    public static void Started<TCallbacks>(nint channel)
        where TCallbacks : class, IChannelCallbacks
        => Call<TCallbacks>(channel, NativeEntry.Started);

    /// <summary>EVT_VMB_CHANNEL_POST_STARTED.</summary>
    /// <typeparam name="TCallbacks">The class that the entry point is generated for.</typeparam>
    /// <param name="channel">VMBCHANNEL.</param>
    public static void PostStarted<TCallbacks>(nint channel)
        where TCallbacks : class, IChannelCallbacks
        => Call<TCallbacks>(channel, NativeEntry.PostStarted);

    /// <summary>EVT_VMB_CHANNEL_SAVE_PACKET.</summary>
    /// <typeparam name="TCallbacks">The class that the entry point is generated for.</typeparam>
    /// <param name="channel">VMBCHANNEL.</param>
    /// <param name="packet">VMBPACKET: a packet that is under way.</param>
    /// <param name="buffer">Receives what the callback saves; null to ask for the size.</param>
    /// <param name="bufferSize">Its size in bytes.</param>
    /// <param name="bytesNeeded">Receives the bytes that the packet needs.</param>
    /// <returns>What the callback answers; <see cref="NtStatus.InvalidHandle"/>: channel or packet is none.</returns>
    public static NtStatus SavePacket<TCallbacks>(nint channel, nint packet, void* buffer, uint bufferSize, uint* bytesNeeded)
        where TCallbacks : class, IChannelCallbacks
        => NativeSavedPackets.Save<TCallbacks>(channel, packet, buffer, bufferSize, bytesNeeded);

    /// <summary>EVT_VMB_CHANNEL_RESTORE_PACKET.</summary>
    /// <typeparam name="TCallbacks">The class that the entry point is generated for.</typeparam>
    /// <param name="channel">VMBCHANNEL.</param>
    /// <param name="libraryState">The host's part, valid until the return.</param>
    /// <param name="librarySize">Its size in bytes.</param>
    /// <param name="savedState">What the callback saved, valid until the return.</param>
    /// <param name="savedSize">Its size in bytes.</param>
    /// <returns>What the callback answers; <see cref="NtStatus.InvalidHandle"/>: <paramref name="channel"/> is no such channel.</returns>
    public static NtStatus RestorePacket<TCallbacks>(nint channel, void* libraryState, uint librarySize, void* savedState, uint savedSize)
        where TCallbacks : class, IChannelCallbacks
        => NativeSavedPackets.Restore<TCallbacks>(channel, libraryState, librarySize, savedState, savedSize);

    /// <summary>EVT_CHANNEL_PNP_FAILURE.</summary>
    /// <typeparam name="TCallbacks">The class that the entry point is generated for.</typeparam>
    /// <param name="channel">VMBCHANNEL.</param>
    /// <param name="status">Why the endpoint could not connect.</param>
    public static void PnpFailure<TCallbacks>(nint channel, NtStatus status)
        where TCallbacks : class, IChannelCallbacks
        => Call<TCallbacks>(channel, NativeEntry.PnpFailure, (uint)status);

    /// <summary>EVT_VMB_PACKET_COMPLETION_ROUTINE.</summary>
    /// <typeparam name="TCallbacks">The class that the entry point is generated for.</typeparam>
    /// <param name="packet">VMBPACKET: what the host was given with the packet to send.</param>
    /// <param name="status">How it ended.</param>
    /// <param name="buffer">The payload of the completion packet, valid until the return.</param>
    /// <param name="bufferLength">Its length in bytes.</param>
    public static void PacketCompletionRoutine<TCallbacks>(nint packet, NtStatus status, void* buffer, uint bufferLength)
        where TCallbacks : class, IChannelCallbacks
        => NativeOutgoing.Complete<TCallbacks>(packet, status, buffer, bufferLength);

    private static NtStatus Call<TCallbacks>(nint channel, NativeEntry entry, uint argument = 0)
        where TCallbacks : class, IChannelCallbacks
    {
        if (!NativeEndpoint.TryEnter<TCallbacks>(channel, entry.ToString(), out NativeEndpoint? endpoint))
        {
            return NtStatus.InvalidHandle;
        }

        NtStatus status = endpoint.Call(entry, argument);
        endpoint.Exit();
        return status;
    }
}
