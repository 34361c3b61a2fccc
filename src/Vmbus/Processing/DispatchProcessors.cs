namespace Vmbus.Processing;

/// <summary>The simulated processors of a bus. Each channel is processed on one of them, so that its callbacks never overlap.</summary>
internal sealed class DispatchProcessors
{
    private readonly DispatchProcessor[] _processors;
    private int _next = -1;

    public DispatchProcessors()
    {
        _processors = new DispatchProcessor[Math.Max(1, Environment.ProcessorCount)];
        for (int i = 0; i < _processors.Length; i++)
        {
            _processors[i] = new DispatchProcessor($"VMBus dispatch {i}");
        }
    }

    /// <summary>How many there are.</summary>
    public int Count => _processors.Length;

    /// <summary>One of them.</summary>
    public DispatchProcessor this[int index] => _processors[index];

    /// <summary>The number of the processor of the next channel, in turn.</summary>
    public int Next() => (int)((uint)Interlocked.Increment(ref _next) % (uint)_processors.Length);
}
