namespace Vmbus;

/// <summary>What a bus is created with.</summary>
public sealed record VmbusBusOptions
{
    /// <summary>When the external data of packets is there. Default <see cref="ExternalDataMode.Present"/>.</summary>
    public ExternalDataMode ExternalData { get; init; }

    /// <summary>With <see cref="ExternalDataMode.PendingFirst"/>: how long the pages take to come. Default no time: as soon as a thread of the pool is free.</summary>
    public TimeSpan PageInTime { get; init; }

    /// <summary>
    /// Of a bus over shared memory, as its host makes it: the size of the guest's memory in bytes, with rings, GPADLs and external data; a multiple of 4096 from 1 MiB
    /// to 1 GiB. Memory is used as it is touched. Default 64 MiB.
    /// </summary>
    public long GuestMemorySize { get; init; } = 64L << 20;

    /// <summary>The clock. Default <see cref="TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Checks what every bus goes by.</summary>
    /// <exception cref="VmbusException">A value is out of range.</exception>
    internal void Validate()
    {
        OptionChecks.RequireDefined(nameof(VmbusBusOptions), nameof(ExternalData), ExternalData);
        Require(TimerRange.Contains(PageInTime), nameof(PageInTime), PageInTime, $"from 0 to {TimerRange.Maximum} ms");
        Require(TimeProvider is not null, nameof(TimeProvider), "null", "a clock");
    }

    private static void Require(bool condition, string name, object value, string expected)
        => OptionChecks.Require(condition, NtStatus.InvalidParameter2, nameof(VmbusBusOptions), name, value, expected);
}
