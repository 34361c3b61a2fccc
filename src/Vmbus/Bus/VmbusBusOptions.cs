namespace Vmbus;

/// <summary>What a bus is created with.</summary>
public sealed record VmbusBusOptions
{
    /// <summary>When the external data of packets is there. Default <see cref="ExternalDataMode.Present"/>.</summary>
    public ExternalDataMode ExternalData { get; init; }

    /// <summary>With <see cref="ExternalDataMode.PendingFirst"/>: how long the pages take to come. Default no time: as soon as a thread of the pool is free.</summary>
    public TimeSpan PageInTime { get; init; }

    /// <summary>The clock. Default <see cref="TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
