using System.Runtime.InteropServices;
using System.Text;

namespace Vmbus.Tests.Native;

/// <summary>Handlers that a C host drives: one for each way in which a packet can end.</summary>
[ChannelCallbacks(NativeEntryPoints = true)]
public sealed partial class NativeDevice
{
    private readonly Queue<PendingPacket> _pended = new();

    /// <summary>What the callbacks saw, one line each.</summary>
    public List<string> Seen { get; } = [];

    public NtStatus OpenStatus { get; set; }

    /// <summary>What asynchronous handlers wait for.</summary>
    public TaskCompletionSource Answer { get; } = new();

    public bool ThrowsInStateChanges { get; set; }

    public PendingPacket NextPended() => _pended.Dequeue();

    [ProcessPacket(1)]
    private void OnEcho(PacketCompletion packet, ReadOnlySpan<byte> buffer) => packet.Complete(buffer);

    [ProcessPacket(2)]
    private ulong OnTransaction(PacketCompletion packet) => packet.IsCompletionRequested ? packet.TransactionId : 0;

    [ProcessPacket(3)]
    private void OnFail(PacketCompletion packet) => packet.Fail();

    [ProcessPacket(4)]
    private void OnPend(PacketCompletion packet) => _pended.Enqueue(packet.Pend());

    [ProcessPacket(5, Irql = Irql.Passive)]
    private void OnPassive(PacketCompletion packet)
    {
        Seen.Add($"passive at {KernelIrql.Current}");
        packet.Complete();
    }

    [ProcessPacket(6)]
    private void OnData(PacketCompletion packet, ExternalData data)
    {
        byte[] read = new byte[data.Length];
        data.CopyTo(read);
        Seen.Add($"data of {data.Length} in {data.SegmentCount}: {Convert.ToHexStringLower(read)}");
        data.CopyFrom([0xAA, 0xBB], data.Length - 9);
        packet.Complete();
    }

    [ProcessPacket(7)]
    private void OnThrow(PacketCompletion packet)
    {
        // Whatever the flow analysis would say of an explicit throw: this is about what follows one.
        Seen.Add(int.Parse("no number", System.Globalization.CultureInfo.InvariantCulture).ToString(System.Globalization.CultureInfo.InvariantCulture));
        packet.Complete();
    }

    [ProcessPacket(8)]
    private void OnTwice(PacketCompletion packet)
    {
        packet.Complete([8]);
        Again(packet);
    }

    [ProcessPacket(9)]
    private void OnForget(PacketCompletion packet) => Forget(packet);

    [ProcessPacket(10)]
    private unsafe void OnNative(VmbusChannel channel, PacketCompletion packet, void* buffer, uint bufferLength, uint flags)
    {
        Seen.Add($"native {bufferLength} {flags}: {Convert.ToHexStringLower(new ReadOnlySpan<byte>(buffer, (int)bufferLength))}");
        packet.Complete(new ReadOnlySpan<byte>(buffer, (int)bufferLength));
    }

    [ProcessPacket(11, Reply = PacketReply.InBand)]
    private uint OnInBand() => 0x0B0B0B0B;

    [ProcessPacket(12)]
    private void OnSend(VmbusChannel channel, PacketCompletion packet)
    {
        Seen.Add($"sent {channel.Send("bytes"u8, 77)} {channel.TrySend("tried"u8)}");
        packet.Complete();
    }

    [ProcessPacket(13)]
    private void OnLevel(PacketCompletion packet)
    {
        Seen.Add($"level {KernelIrql.Current}");
        packet.Complete();
    }

    [ProcessPacket(14, Irql = Irql.Passive)]
    private void OnDestroy(VmbusChannel channel, PacketCompletion packet)
    {
        Seen.Add(Record.Exception(() => NativeChannel.Destroy((nint)channel.Context!)) is { } exception ? exception.GetType().Name : "destroyed");
        packet.Complete();
    }

    [ProcessPacket(15, Irql = Irql.Passive)]
    private async ValueTask<uint> OnAsync(CancellationToken token)
    {
        await Answer.Task.WaitAsync(token);
        return 0x15151515;
    }

    [ProcessingComplete]
    private void OnBatchDone(VmbusChannel channel, uint packetsProcessed) => Note(channel, $"batch {packetsProcessed} at {KernelIrql.Current}");

    [ChannelOpened]
    private NtStatus OnOpened(VmbusChannel channel)
    {
        Note(channel, "opened");
        return OpenStatus;
    }

    [ChannelStarted]
    private void OnStarted(VmbusChannel channel) => Note(channel, "started");

    [ChannelPostStarted]
    private void OnPostStarted(VmbusChannel channel) => Note(channel, "post-started");

    [ChannelSuspend]
    private void OnSuspend(VmbusChannel channel) => Note(channel, "suspend");

    [ChannelClosed]
    private void OnClosed(VmbusChannel channel) => Note(channel, "closed");

    [PnpFailure]
    private void OnPnpFailure(VmbusChannel channel, NtStatus status) => Note(channel, $"failure {status}");

    [PacketCompletionRoutine]
    private void OnSent(VmbusPacket packet, NtStatus status, ReadOnlySpan<byte> buffer)
    {
        Seen.Add($"done {status} at {KernelIrql.Current}: {Encoding.ASCII.GetString(buffer)}");
        packet.Dispose();
    }

    private static void Again([BorrowsPacket] PacketCompletion packet)
    {
#pragma warning disable VMB102 // This is about what follows a second completion.
        packet.Complete([9]);
#pragma warning restore VMB102
    }

    private static void Forget([BorrowsPacket] PacketCompletion packet) => _ = packet.IsCompletionRequested;

    private void Note(VmbusChannel channel, string what)
    {
        Seen.Add($"{what}, {channel.State}");
        if (ThrowsInStateChanges)
        {
            _ = MemoryMarshal.GetReference(new byte[1].AsSpan(2));
        }
    }
}
