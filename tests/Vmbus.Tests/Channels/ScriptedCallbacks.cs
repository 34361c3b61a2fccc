using System.Collections.Concurrent;

namespace Vmbus.Tests.Channels;

internal delegate void PacketScript(VmbusChannel channel, PacketCompletion packet, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags);

/// <summary>Callbacks whose behaviour a test writes down, and which note what was called.</summary>
internal sealed class ScriptedCallbacks : IChannelCallbacks
{
    public PacketScript OnPacket { get; set; } = (_, packet, _, _) => packet.Complete();

    public Func<VmbusChannel, NtStatus> OnOpened { get; set; } = _ => NtStatus.Success;

    public Action<VmbusChannel> OnStarted { get; set; } = _ => { };

    public Action<VmbusChannel> OnPostStarted { get; set; } = _ => { };

    public Action<VmbusChannel> OnSuspend { get; set; } = _ => { };

    public Action<VmbusChannel> OnClosed { get; set; } = _ => { };

    public Action<VmbusChannel, uint> OnProcessingComplete { get; set; } = (_, _) => { };

    public ConcurrentQueue<string> Log { get; } = new();

    public void ProcessPacket(VmbusChannel channel, PacketCompletion packet, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags)
        => OnPacket(channel, packet, buffer, flags);

    public void ProcessingComplete(VmbusChannel channel, uint packetsProcessed) => OnProcessingComplete(channel, packetsProcessed);

    public NtStatus Opened(VmbusChannel channel)
    {
        Log.Enqueue("Opened");
        return OnOpened(channel);
    }

    public void Started(VmbusChannel channel)
    {
        Log.Enqueue("Started");
        OnStarted(channel);
    }

    public void PostStarted(VmbusChannel channel)
    {
        Log.Enqueue("PostStarted");
        OnPostStarted(channel);
    }

    public void Suspend(VmbusChannel channel)
    {
        Log.Enqueue("Suspend");
        OnSuspend(channel);
    }

    public void Closed(VmbusChannel channel)
    {
        Log.Enqueue("Closed");
        OnClosed(channel);
    }

    public void PnpFailure(VmbusChannel channel, NtStatus status) => Log.Enqueue($"PnpFailure {status}");

    public string? DescribeHandler(ReadOnlySpan<byte> buffer) => buffer.IsEmpty ? "Empty" : "OnPacket";
}
