using Vmbus.Ring;

namespace Vmbus.Benchmarks.Ring;

/// <summary>A ring whose peers poll: both sides pay the full fence of each publication, nobody signals.</summary>
internal sealed class RingTransport : IDisposable
{
    private const int DataSize = 256 * 1024;

    private readonly RingMemory _memory = RingMemory.Allocate(DataSize);

    public RingTransport()
    {
        Writer = new RingWriter(_memory);
        Writer.EnableFlowControl();
        Reader = new RingReader(_memory);
        Reader.MaskInterrupts();
    }

    public RingWriter Writer { get; }

    public RingReader Reader { get; }

    public void Dispose()
    {
        Writer.Dispose();
        Reader.Dispose();
        _memory.Dispose();
    }
}
