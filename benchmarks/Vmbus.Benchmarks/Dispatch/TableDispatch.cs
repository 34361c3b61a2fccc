using System.Buffers.Binary;

namespace Vmbus.Benchmarks.Dispatch;

/// <summary>Dispatch through a dictionary of delegates: what a program does without a generator.</summary>
/// <typeparam name="TTable">The kind of dictionary, exact, so that its look-up is called directly.</typeparam>
internal sealed class TableDispatch<TTable>(TTable table) : IChannelCallbacks
    where TTable : IReadOnlyDictionary<uint, Handler>
{
    private readonly TTable _table = table;

    public void ProcessBatch(ref PacketBatch batch)
    {
        while (batch.MoveNext())
        {
            PacketCompletion packet = batch.Packet;
            ReadOnlySpan<byte> buffer = batch.Buffer;
            if (buffer.Length >= Message.Size && _table.TryGetValue(BinaryPrimitives.ReadUInt32LittleEndian(buffer), out Handler? handle))
            {
                handle(packet, buffer);
            }
            else
            {
                packet.Fail();
            }
        }
    }
}
