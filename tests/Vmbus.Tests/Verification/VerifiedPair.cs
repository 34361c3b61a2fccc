using System.Collections.Concurrent;
using Vmbus.Tests.Channels;

namespace Vmbus.Tests.Verification;

/// <summary>A pair whose server is watched, with what the verifier reported of it.</summary>
internal sealed class VerifiedPair : IDisposable
{
    private readonly ConcurrentQueue<VerifierReport> _reports = new();

    public VerifiedPair(Func<VerifierOptions, VerifierOptions>? verifier = null, Func<VmbusChannelOptions, VmbusChannelOptions>? server = null)
    {
        VerifierOptions watched = new() { Enabled = true, CallbackBudget = Timeout.InfiniteTimeSpan, Sink = _reports.Enqueue };
        watched = verifier is null ? watched : verifier(watched);
        Pair = new ChannelPair(
            options => (server is null ? options : server(options)) with { Verifier = watched },
            options => options with { Verifier = new VerifierOptions { Enabled = false } });
    }

    public ChannelPair Pair { get; }

    public IReadOnlyCollection<VerifierReport> Reports => _reports;

    /// <summary>Opens, handles one packet with <paramref name="script"/> and waits until its callback has returned.</summary>
    public void Handle(PacketScript script, ulong transactionId = 77)
    {
        using ManualResetEventSlim returned = new();
        Pair.ServerCallbacks.OnPacket = (channel, packet, buffer, flags) =>
        {
            try
            {
                script(channel, packet, buffer, flags);
            }
            finally
            {
                returned.Set();
            }
        };
        Pair.Open();
        Assert.Equal(NtStatus.Success, Pair.Client.Send([1, 2, 3, 4, 5, 6, 7, 8], transactionId));
        Assert.True(returned.Wait(ChannelPair.Patience));
    }

    /// <summary>The one report of this kind, which may be on its way.</summary>
    public VerifierReport Await(VerifierViolation violation)
    {
        Pair.Await(() => _reports.Any(report => report.Violation == violation), $"a report of {violation}");
        return Assert.Single(_reports, report => report.Violation == violation);
    }

    /// <summary>Waits until a marker report has come through, behind which no earlier one can be on its way.</summary>
    public void AssertNothingElse(params VerifierViolation[] expected)
    {
        Thread.Sleep(50);
        Assert.DoesNotContain(_reports, report => !expected.Contains(report.Violation));
    }

    public void Dispose()
    {
        Pair.Server.AbandonLostPackets();
        Pair.Dispose();
    }
}
