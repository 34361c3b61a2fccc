using System.Buffers.Binary;
using System.Collections.Frozen;

namespace Vmbus.Benchmarks.Dispatch;

/// <summary>Dispatch through a dictionary of delegates, which see themselves to their structures: what a program does without a generator.</summary>
/// <typeparam name="TTable">The kind of dictionary: a structure, so that its code is its own and the look-up is called directly.</typeparam>
internal sealed class TableDispatch<TTable>(TTable table) : IChannelCallbacks
    where TTable : struct, IHandlerTable
{
    private readonly TTable _table = table;

    public void ProcessBatch(ref PacketBatch batch)
    {
        while (batch.MoveNext())
        {
            PacketCompletion packet = batch.Packet;
            ReadOnlySpan<byte> buffer = batch.Buffer;
            if (buffer.Length >= sizeof(uint) && _table.Find(BinaryPrimitives.ReadUInt32LittleEndian(buffer)) is { } handle)
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

/// <summary>Handlers by message type.</summary>
internal interface IHandlerTable
{
    Handler? Find(uint messageType);
}

internal readonly struct DictionaryTable(Dictionary<uint, Handler> handlers) : IHandlerTable
{
    public Handler? Find(uint messageType) => handlers.TryGetValue(messageType, out Handler? handler) ? handler : null;
}

internal readonly struct FrozenTable(FrozenDictionary<uint, Handler> handlers) : IHandlerTable
{
    public Handler? Find(uint messageType) => handlers.TryGetValue(messageType, out Handler? handler) ? handler : null;
}
