using Vmbus;

public sealed partial class Echo
{
    private readonly List<ulong> _seen = [];

    [ProcessPacket(1)]
    private ulong OnPing(string {|VMB003:stamp|}) => (ulong)stamp.Length;

    [ProcessPacket(2)]
    private void OnReport(PacketCompletion packet, ReadOnlySpan<byte> buffer)
    {
        if (buffer.Length < 8)
        {
            return;
        }

        _seen.Add(packet.TransactionId);
        packet.Complete();
    }

    [ProcessPacket(3)]
    private async ValueTask {|VMB008:OnSlow|}(CancellationToken token) => await Task.Delay(1, token);

    [ProcessPacket(4)]
    private void {|VMB007:OnNothing|}()
    {
    }

    [ProcessPacket]
    private void OnAnyOther(PacketCompletion packet)
    {
        Thread.Sleep(1);
        packet.Fail();
    }
}

public sealed class {|VMB001:Closed|}
{
    [ProcessPacket]
    private void On(PacketCompletion packet) => packet.Complete();
}
