using Vmbus.Ring;

namespace Vmbus.Tests.Ring;

/// <summary>Both sides of one ring.</summary>
internal sealed class RingPair : IDisposable
{
    public RingPair(int dataSize = 4096, uint startIndex = 0, RingReadChecks checks = RingReadChecks.Strict, bool flowControl = true)
    {
        Memory = RingMemory.Allocate(dataSize);
        RingControlPage page = Memory.ControlPage;
        page.WriteIndex = startIndex;
        page.ReadIndex = startIndex;
        Writer = new RingWriter(Memory);
        if (flowControl)
        {
            Writer.EnableFlowControl();
        }

        Reader = new RingReader(Memory, checks);
    }

    public RingMemory Memory { get; }

    public RingWriter Writer { get; }

    public RingReader Reader { get; }

    public RingWriteStatus Write(int payloadLength, ulong transactionId = 0) =>
        Writer.TryWrite(PacketType.DataInBand, PacketFlags.None, transactionId, Payload(payloadLength));

    /// <summary>Writes and publishes, and says whether to signal.</summary>
    public bool Send(int payloadLength, ulong transactionId = 0)
    {
        Assert.Equal(RingWriteStatus.Success, Write(payloadLength, transactionId));
        return Writer.Publish();
    }

    public ulong Read()
    {
        Assert.Equal(RingReadStatus.Success, Reader.TryRead(out RingPacket packet));
        return packet.TransactionId;
    }

    /// <summary>Reads one packet and publishes, and says whether to signal.</summary>
    public bool Receive()
    {
        Read();
        return Reader.PublishRead();
    }

    /// <summary>Changes 16 bits of the data area behind the back of both sides.</summary>
    public void Poke(int offset, ushort value) => BitConverter.TryWriteBytes(Memory.Data[offset..], value);

    public static byte[] Payload(int length)
    {
        byte[] payload = new byte[length];
        for (int i = 0; i < length; i++)
        {
            payload[i] = (byte)((i * 37) + 1);
        }

        return payload;
    }

    public void Dispose()
    {
        Writer.Dispose();
        Reader.Dispose();
        Memory.Dispose();
    }
}
