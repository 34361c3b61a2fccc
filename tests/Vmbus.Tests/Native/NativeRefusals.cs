using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using Vmbus.Diagnostics;

namespace Vmbus.Tests.Native;

/// <summary>What calls of hosts were refused, by the number that they handed in.</summary>
internal sealed class NativeRefusals : EventListener
{
    private readonly ConcurrentQueue<(string Handle, string What)> _refused = new();

    /// <summary>As <c>Opened: reason</c>, in their order.</summary>
    public string[] Of(nint handle) => [.. _refused.Where(r => r.Handle == $"0x{handle:X}").Select(static r => r.What)];

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == VmbusDiagnostics.EventSourceName)
        {
            EnableEvents(eventSource, EventLevel.Error);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName == "NativeHandleRefused")
        {
            _refused.Enqueue(((string)eventData.Payload![1]!, $"{eventData.Payload[0]}: {eventData.Payload[2]}"));
        }
    }
}
