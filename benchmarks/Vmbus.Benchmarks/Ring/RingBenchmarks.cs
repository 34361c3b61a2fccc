using BenchmarkDotNet.Attributes;

namespace Vmbus.Benchmarks.Ring;

/// <summary>The shapes of <see cref="RingGoals"/> for BenchmarkDotNet.</summary>
public class RingBenchmarks : IDisposable
{
    private const int Operations = 1024;

    private RingTransport _ring = null!;
    private RingShape _single = null!;
    private RingShape _batched = null!;
    private RingInPlaceShape _inPlace = null!;
    private ChannelShape _channel = null!;

    /// <summary>The payload in bytes.</summary>
    [Params(16, 64, 256, 1024, 4096)]
    public int Size { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _ring = new RingTransport();
        _single = new RingShape(_ring, Size, 1);
        _batched = new RingShape(_ring, Size, 16);
        _inPlace = new RingInPlaceShape(_ring, Size, 16);
        _channel = new ChannelShape(new ChannelTransport(), Size, 1);
    }

    [GlobalCleanup]
    public void Dispose() => _ring.Dispose();

    [Benchmark(Baseline = true, OperationsPerInvoke = Operations)]
    public void Channel() => _channel.Run(Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Ring() => _single.Run(Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void RingBy16() => _batched.Run(Operations);

    [Benchmark(OperationsPerInvoke = Operations)]
    public void RingBy16InPlace() => _inPlace.Run(Operations);
}
