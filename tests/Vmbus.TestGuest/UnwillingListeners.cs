using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Diagnostics.Tracing;

namespace Vmbus.TestGuest;

/// <summary>Listeners that throw as soon as the meter, the source of activities or the source of events of the library becomes known to them.</summary>
internal sealed class UnwillingListeners : IDisposable
{
    private readonly Events _events = new();
    private readonly MeterListener _measurements = new() { InstrumentPublished = static (instrument, _) => Throw(instrument.Meter.Name == VmbusDiagnostics.MeterName) };
    private readonly ActivityListener _activities = new()
    {
        ShouldListenTo = static source => Throw(source.Name == VmbusDiagnostics.ActivitySourceName),
        Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
    };

    public UnwillingListeners()
    {
        ActivitySource.AddActivityListener(_activities);
        _measurements.Start();
    }

    /// <summary>How often one has thrown.</summary>
    public static int Thrown { get; private set; }

    public void Dispose()
    {
        _events.Dispose();
        _measurements.Dispose();
        _activities.Dispose();
    }

    private static bool Throw(bool isOfLibrary)
    {
        if (isOfLibrary)
        {
            Thrown++;
            throw new NotSupportedException("by a listener");
        }

        return false;
    }

    private sealed class Events : EventListener
    {
        protected override void OnEventSourceCreated(EventSource eventSource) => Throw(eventSource.Name == VmbusDiagnostics.EventSourceName);
    }
}
