using System.IO.Pipes;

namespace Vmbus.Tests.Verification;

/// <summary>A pipe whose read sits in the operating system until somebody writes.</summary>
internal sealed class BlockingPipe : IDisposable
{
    private readonly AnonymousPipeServerStream _writing = new(PipeDirection.Out);
    private readonly AnonymousPipeClientStream _reading;

    public BlockingPipe() => _reading = new AnonymousPipeClientStream(PipeDirection.In, _writing.ClientSafePipeHandle);

    public void ReadBlocked(TimeSpan time)
    {
        using Timer timer = new(_ => _writing.WriteByte(1), null, time, Timeout.InfiniteTimeSpan);
        Assert.Equal(1, _reading.ReadByte());
    }

    public void Dispose()
    {
        _reading.Dispose();
        _writing.Dispose();
    }
}
