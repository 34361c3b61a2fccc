using System.Diagnostics.Tracing;

namespace Vmbus.Benchmarks.Harness;

/// <summary>
/// Tells whether the runtime is about to replace code by optimized code. Counting compiled methods is not enough: on a busy machine a large method is compiled in the
/// background for seconds, and until then nothing seems to happen.
/// </summary>
internal sealed class TierUp : EventListener
{
    private const string Runtime = "Microsoft-Windows-DotNETRuntime";

    /// <summary>CompilationKeyword of the runtime's events.</summary>
    private const EventKeywords Compilation = (EventKeywords)0x10_0000_0000;

    private volatile bool _isDelayed;
    private volatile bool _isCompiling;

    /// <summary>Whether the runtime waits before it counts calls, or compiles methods that were called often.</summary>
    public bool IsPending => _isDelayed || _isCompiling;

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Runtime)
        {
            EnableEvents(eventSource, EventLevel.Informational, Compilation);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        switch (eventData.EventName)
        {
            case "TieredCompilationPause":
                _isDelayed = true;
                break;
            case "TieredCompilationResume":
                _isDelayed = false;
                break;
            case "TieredCompilationBackgroundJitStart":
                _isCompiling = true;
                break;
            case "TieredCompilationBackgroundJitStop":
                _isCompiling = false;
                break;
        }
    }
}
