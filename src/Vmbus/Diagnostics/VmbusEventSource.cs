using System.Diagnostics.Tracing;

namespace Vmbus.Diagnostics;

/// <summary>What happens to channels, for dotnet-trace, PerfView, ETW and EventListener. Nothing is written a packet.</summary>
[EventSource(Name = VmbusDiagnostics.EventSourceName)]
internal sealed class VmbusEventSource : EventSource
{
    /// <summary>The one source.</summary>
    public static readonly VmbusEventSource Log = new();

    private VmbusEventSource()
    {
    }

    [Event(1, Level = EventLevel.Informational, Keywords = Keywords.Lifecycle, Message = "Channel {0} is open.")]
    public void ChannelOpened(string channel)
    {
        if (IsEnabled(EventLevel.Informational, Keywords.Lifecycle))
        {
            WriteEvent(1, channel);
        }
    }

    [Event(2, Level = EventLevel.Informational, Keywords = Keywords.Lifecycle, Message = "Channel {0} delivers packets.")]
    public void ChannelStarted(string channel)
    {
        if (IsEnabled(EventLevel.Informational, Keywords.Lifecycle))
        {
            WriteEvent(2, channel);
        }
    }

    [Event(3, Level = EventLevel.Informational, Keywords = Keywords.Lifecycle, Message = "Channel {0} is paused or closes: no packet is delivered; {1} are owed.")]
    public void ChannelSuspended(string channel, int owed)
    {
        if (IsEnabled(EventLevel.Informational, Keywords.Lifecycle))
        {
            WriteEvent(3, channel, owed);
        }
    }

    [Event(4, Level = EventLevel.Informational, Keywords = Keywords.Lifecycle, Message = "Channel {0} is closed.")]
    public void ChannelClosed(string channel)
    {
        if (IsEnabled(EventLevel.Informational, Keywords.Lifecycle))
        {
            WriteEvent(4, channel);
        }
    }

    [Event(5, Level = EventLevel.Error, Keywords = Keywords.Faults, Message = "Channel {0} stopped: {1}: {2}")]
    public void ChannelFaulted(string channel, string exceptionType, string reason)
    {
        if (IsEnabled(EventLevel.Error, Keywords.Faults))
        {
            WriteEvent(5, channel, exceptionType, reason);
        }
    }

    [Event(6, Level = EventLevel.Critical, Keywords = Keywords.Faults, Message = "A ring of channel {0} is corrupt: {1}")]
    public void RingCorrupt(string channel, string corruption)
    {
        if (IsEnabled(EventLevel.Critical, Keywords.Faults))
        {
            WriteEvent(6, channel, corruption);
        }
    }

    [Event(7, Level = EventLevel.Error, Keywords = Keywords.Faults, Message = "{1} of channel {0} threw {2}: {3}")]
    public void HandlerThrew(string channel, string handler, string exceptionType, string message)
    {
        if (IsEnabled(EventLevel.Error, Keywords.Faults))
        {
            WriteEvent(7, channel, handler, exceptionType, message);
        }
    }

    [Event(8, Level = EventLevel.Warning, Keywords = Keywords.Packets, Message = "Channel {0} waits, for {1} owed packets; first for {2}")]
    public void PacketsOwed(string channel, int count, string first)
    {
        if (IsEnabled(EventLevel.Warning, Keywords.Packets))
        {
            WriteEvent(8, channel, count, first);
        }
    }

    [Event(9, Level = EventLevel.Warning, Keywords = Keywords.Verifier, Message = "{2} (channel {0}, handler {1}, rule {3})")]
    public void VerifierReported(string channel, string handler, string message, string rule, string violation, string stack)
    {
        if (IsEnabled(EventLevel.Warning, Keywords.Verifier))
        {
            WriteEvent(9, channel, handler, message, rule, violation, stack);
        }
    }

    [Event(10, Level = EventLevel.Error, Keywords = Keywords.Verifier, Message = "A sink of verifier reports threw {0}: {1}")]
    public void VerifierSinkThrew(string exceptionType, string message)
    {
        if (IsEnabled(EventLevel.Error, Keywords.Verifier))
        {
            WriteEvent(10, exceptionType, message);
        }
    }

    [Event(11, Level = EventLevel.Error, Keywords = Keywords.Faults, Message = "A native host called {0} with {1}, which was refused: {2}.")]
    public void NativeHandleRefused(string entryPoint, string handle, string reason)
    {
        if (IsEnabled(EventLevel.Error, Keywords.Faults))
        {
            WriteEvent(11, entryPoint, handle, reason);
        }
    }

    [Event(12, Level = EventLevel.Warning, Keywords = Keywords.Bus, Message = "The host at {0} could not let a guest in, and tries again in {3} ms: {1}: {2}")]
    public void AcceptFailed(string path, string exceptionType, string message, int retryMilliseconds)
    {
        if (IsEnabled(EventLevel.Warning, Keywords.Bus))
        {
            WriteEvent(12, path, exceptionType, message, retryMilliseconds);
        }
    }

    [Event(13, Level = EventLevel.Error, Keywords = Keywords.Bus, Message = "The host at {0} failed over somebody who connected: {1}: {2}")]
    public void ContactFailed(string path, string exceptionType, string message)
    {
        if (IsEnabled(EventLevel.Error, Keywords.Bus))
        {
            WriteEvent(13, path, exceptionType, message);
        }
    }

    [Event(14, Level = EventLevel.Warning, Keywords = Keywords.Packets, Message = "The peer of channel {0} sent a completion that nothing waits for: {1}")]
    public void UnexpectedCompletion(string channel, string what)
    {
        if (IsEnabled(EventLevel.Warning, Keywords.Packets))
        {
            WriteEvent(14, channel, what);
        }
    }

    [Event(15, Level = EventLevel.Error, Keywords = Keywords.Faults, Message = "A listener to {0} threw {1}: {2}")]
    public void ListenerThrew(string listenedTo, string exceptionType, string message)
    {
        if (IsEnabled(EventLevel.Error, Keywords.Faults))
        {
            WriteEvent(15, listenedTo, exceptionType, message);
        }
    }

    /// <summary>What can be asked for apart.</summary>
    public static class Keywords
    {
        public const EventKeywords Lifecycle = (EventKeywords)0x1;
        public const EventKeywords Faults = (EventKeywords)0x2;
        public const EventKeywords Packets = (EventKeywords)0x4;
        public const EventKeywords Verifier = (EventKeywords)0x8;
        public const EventKeywords Bus = (EventKeywords)0x10;
    }
}
