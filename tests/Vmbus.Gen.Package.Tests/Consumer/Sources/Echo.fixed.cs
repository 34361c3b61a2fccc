using Vmbus;

public sealed partial class Echo
{
    private readonly List<ulong> _seen = [];

    [ProcessPacket(1)]
    private ulong OnPing(in ulong stamp) => stamp;

    [ProcessPacket(2)]
    private void OnReport(PacketCompletion packet, ReadOnlySpan<byte> buffer)
    {
        if (buffer.Length < 8)
        {
            packet.Fail();
            return;
        }

        _seen.Add(packet.TransactionId);
        packet.Complete();
    }

    [ProcessPacket(3, Irql = Irql.Passive)]
    private async ValueTask OnSlow(CancellationToken token) => await Task.Delay(1, token);

    [ProcessPacket]
    private void OnAnyOther(PacketCompletion packet) => packet.Fail();
}
