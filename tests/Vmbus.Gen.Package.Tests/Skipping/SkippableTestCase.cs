using System.ComponentModel;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Vmbus.Gen.Package.Tests.Skipping;

/// <summary>A test whose failure by <see cref="SkipException"/> is told as a skip.</summary>
public sealed class SkippableTestCase : XunitTestCase
{
    /// <summary>For the framework, which reads test cases back.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("For the framework.")]
    public SkippableTestCase()
    {
    }

    /// <summary>Made by <see cref="SkippableFactDiscoverer"/>.</summary>
    public SkippableTestCase(IMessageSink diagnostics, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method)
        : base(diagnostics, display, options, method)
    {
    }

    /// <inheritdoc/>
    public override async Task<RunSummary> RunAsync(
        IMessageSink diagnosticMessageSink, IMessageBus messageBus, object[] constructorArguments, ExceptionAggregator aggregator, CancellationTokenSource cancellationTokenSource)
    {
        SkipTellingBus bus = new(messageBus);
        RunSummary summary = await base.RunAsync(diagnosticMessageSink, bus, constructorArguments, aggregator, cancellationTokenSource);
        summary.Failed -= bus.Skipped;
        summary.Skipped += bus.Skipped;
        return summary;
    }

    private sealed class SkipTellingBus(IMessageBus inner) : IMessageBus
    {
        public int Skipped { get; private set; }

        public bool QueueMessage(IMessageSinkMessage message)
        {
            if (message is ITestFailed failed && failed.ExceptionTypes.FirstOrDefault() == typeof(SkipException).FullName)
            {
                Skipped++;
                return inner.QueueMessage(new TestSkipped(failed.Test, failed.Messages[0]));
            }

            return inner.QueueMessage(message);
        }

        public void Dispose()
        {
            // The inner bus is not this one's.
        }
    }
}
