using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Vmbus.Benchmarks.Dispatch.Handlers;

/// <summary>4 handlers for scattered message types, dispatched by generated code.</summary>
internal sealed partial class Sparse4 : IHandlers
{
    public static uint[] MessageTypes { get; } =
    [
        24978243u, 1136804847u, 2156776910u, 3280816147u,
    ];

    public ulong Sum { get; private set; }

    [ProcessPacket(24978243u)]
    internal void On0(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 0;
        packet.Complete();
    }

    [ProcessPacket(1136804847u)]
    internal void On1(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 1;
        packet.Complete();
    }

    [ProcessPacket(2156776910u)]
    internal void On2(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 2;
        packet.Complete();
    }

    [ProcessPacket(3280816147u)]
    internal void On3(PacketCompletion packet, in Message message)
    {
        Sum += message.Value ^ 3;
        packet.Complete();
    }

    public (uint Type, Handler Handle)[] Table()
        =>
        [
            (24978243, (packet, buffer) => On0(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (1136804847, (packet, buffer) => On1(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (2156776910, (packet, buffer) => On2(packet, in MemoryMarshal.AsRef<Message>(buffer))),
            (3280816147, (packet, buffer) => On3(packet, in MemoryMarshal.AsRef<Message>(buffer))),
        ];
}

/// <summary>The same handlers, dispatched by the switch that a careful programmer writes.</summary>
internal sealed class Sparse4ByHand(Sparse4 handlers) : IChannelCallbacks
{
    public void ProcessBatch(ref PacketBatch batch)
    {
        while (batch.MoveNext())
        {
            PacketCompletion packet = batch.Packet;
            ReadOnlySpan<byte> buffer = batch.Buffer;
            if (buffer.Length < Message.Size)
            {
                packet.Fail();
                continue;
            }

            ref readonly Message message = ref MemoryMarshal.AsRef<Message>(buffer);
            switch (BinaryPrimitives.ReadUInt32LittleEndian(buffer))
            {
                case 24978243:
                    handlers.On0(packet, in message);
                    break;
                case 1136804847:
                    handlers.On1(packet, in message);
                    break;
                case 2156776910:
                    handlers.On2(packet, in message);
                    break;
                case 3280816147:
                    handlers.On3(packet, in message);
                    break;
                default:
                    packet.Fail();
                    break;
            }
        }
    }
}
