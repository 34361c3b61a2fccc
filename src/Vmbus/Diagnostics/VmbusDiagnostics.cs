namespace Vmbus;

/// <summary>
/// The names under which the library can be observed: give them to <c>AddMeter</c> and <c>AddSource</c> of OpenTelemetry, or to <c>dotnet-counters</c> and
/// <c>dotnet-trace</c>. All cost nothing while nobody listens.
/// </summary>
public static class VmbusDiagnostics
{
    /// <summary>The <see cref="System.Diagnostics.Metrics.Meter"/>: packets, bytes, signals, waits, queues, owed packets, durations. docs/observability.md lists the instruments.</summary>
    public const string MeterName = "Vmbus";

    /// <summary>The <see cref="System.Diagnostics.ActivitySource"/>: "vmbus.request" from send to completion, "vmbus.process" from delivery to completion.</summary>
    public const string ActivitySourceName = "Vmbus";

    /// <summary>The <see cref="System.Diagnostics.Tracing.EventSource"/>: channels opened, paused, closed, faulted; owed packets; corrupt rings; verifier reports.</summary>
    public const string EventSourceName = "Vmbus";

    internal static string? Version { get; } = typeof(VmbusDiagnostics).Assembly.GetName().Version?.ToString(3);
}
