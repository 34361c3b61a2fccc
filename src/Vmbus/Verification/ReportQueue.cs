using System.Collections.Concurrent;
using Vmbus.Diagnostics;
using Vmbus.Processing;

namespace Vmbus.Verification;

/// <summary>Takes reports from where they arise, perhaps at DISPATCH_LEVEL, to whoever is told, at PASSIVE_LEVEL and in order.</summary>
internal static class ReportQueue
{
    private static readonly ConcurrentQueue<(VerifierReport Report, Action<VerifierReport>? Sink)> Reports = new();
    private static readonly SerialPassiveWork Work = new(Deliver);

    public static void Post(VerifierReport report, Action<VerifierReport>? sink)
    {
        Reports.Enqueue((report, sink));
        Work.Post();
    }

    private static void Deliver()
    {
        KernelIrql.ResetToPassive();
        while (Reports.TryDequeue(out (VerifierReport Report, Action<VerifierReport>? Sink) next))
        {
            VerifierReport report = next.Report;
            VmbusEventSource.Log.VerifierReported(
                report.Channel ?? "", report.Handler ?? "", report.Message, report.RuleId ?? "", report.Violation.ToString(), report.Stack ?? "");
            Tell(next.Sink, report);
            Tell(VmbusVerifier.Raise, report);
        }
    }

    /// <summary>A sink that throws must harm neither the channel nor the next report.</summary>
    private static void Tell(Action<VerifierReport>? sink, VerifierReport report)
    {
        try
        {
            sink?.Invoke(report);
        }
        catch (Exception exception)
        {
            VmbusEventSource.Log.VerifierSinkThrew(exception.GetType().ToString(), exception.Message);
        }
    }
}
