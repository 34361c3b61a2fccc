using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Vmbus.Tests.Testing;

/// <summary>A service to try the test kit on.</summary>
internal sealed partial class KitHandlers
{
    public const uint Echo = 1;
    public const uint Keep = 2;
    public const uint Sum = 3;
    public const uint Forget = 4;
    public const uint Hello = 5;

    public ConcurrentQueue<PendingPacket> Kept { get; } = new();

    public ConcurrentQueue<ulong> Seen { get; } = new();

    [ProcessPacket(Echo)]
    private ulong OnEcho(in Message message)
    {
        Seen.Enqueue(message.Value);
        return message.Value;
    }

    [ProcessPacket(Keep)]
    private void OnKeep(PacketCompletion packet) => Kept.Enqueue(packet.Pend());

    [ProcessPacket(Sum)]
    private void OnSum(PacketCompletion packet, ExternalData data)
    {
        Span<byte> bytes = stackalloc byte[(int)Math.Min(data.Length, 256)];
        data.CopyTo(bytes);
        uint sum = 0;
        foreach (byte b in bytes)
        {
            sum += b;
        }

        packet.Complete(sum);
    }

    [ProcessPacket(Forget)]
    private void OnForget(PacketCompletion packet) => Seen.Enqueue(packet.TransactionId);

    [ProcessPacket(Hello)]
    private NtStatus OnHello(VmbusChannel channel, in Message message) => channel.Send(new Message(Hello, message.Value + 1));
}

[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct Message(uint Type, ulong Value);
