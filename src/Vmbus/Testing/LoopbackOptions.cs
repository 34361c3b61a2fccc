namespace Vmbus.Testing;

/// <summary>What a <see cref="LoopbackPair"/> is made of.</summary>
public sealed record LoopbackOptions
{
    /// <summary>What the bus is created with, <see cref="ExternalDataMode"/> and clock among it; <see langword="null"/>: the defaults.</summary>
    public VmbusBusOptions? Bus { get; init; }

    /// <summary>Changes the options of the server endpoint, which are those that a pair needs when they come in: ids, role, name.</summary>
    public Func<VmbusChannelOptions, VmbusChannelOptions>? Server { get; init; }

    /// <summary>Changes the options of the client endpoint, which donates the rings.</summary>
    public Func<VmbusChannelOptions, VmbusChannelOptions>? Client { get; init; }

    /// <summary>How long the pair waits for the other side, real time, before it throws. Default 10 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);
}
