using System.Diagnostics;
using Vmbus.Samples.IntegrationServices.Guest;
using Vmbus.Samples.IntegrationServices.Host;
using Vmbus.Samples.IntegrationServices.Messages;
using Vmbus.Samples.IntegrationServices.Reporting;

namespace Vmbus.Samples.IntegrationServices;

/// <summary>Puts a host and a guest on one bus, has them exchange messages, and shuts them down in order. The bus is the only object that both know.</summary>
internal sealed class SampleRun
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly IcVersion[] UnknownVersions = [new(9, 1), new(9, 0)];

    private readonly SampleOptions _options;
    private readonly IntegrationHost _host;
    private readonly IntegrationGuest _guest;

    private SampleRun(SampleOptions options)
    {
        VmbusBus bus = VmbusBus.CreateInProcess();
        _options = options;
        _host = new IntegrationHost(bus, options.Fault == InjectedFault.WrongVersion ? UnknownVersions : null);
        _guest = new IntegrationGuest(bus, options.Fault == InjectedFault.LostCompletion ? SampleOptions.ForgottenHeartbeat : null);
    }

    /// <summary>Runs.</summary>
    /// <exception cref="TimeoutException">An answer did not come though no channel stopped.</exception>
    public static Task<RunReport> ExecuteAsync(SampleOptions options) => new SampleRun(options).ExecuteAsync();

    private async Task<RunReport> ExecuteAsync()
    {
        _host.Offer();
        Task guestRuns = _guest.RunAsync();
        WaitUntilIdle();

        Exchange(SampleOptions.WarmUpRequests);
        AllocationReport allocation = ExchangeInRounds();

        if (_options.Fault == InjectedFault.ShortPacket)
        {
            _host.Heartbeat.BeginWithTruncated();
            WaitUntilIdle();
        }

        _host.Shutdown.BeginForced();
        WaitUntilIdle();
        await Task.WhenAll(_host.TakeDownAsync(), guestRuns).WaitAsync(Patience);

        // Only now: disposing waits for the channels to close, which a run that was given up before would keep open.
        RunReport report = RunReport.Create(_options, _host, _guest, allocation);
        _guest.Dispose();
        _host.Dispose();
        return report;
    }

    /// <summary>Every service that can exchanges this many requests; all at the same time.</summary>
    private void Exchange(int requests)
    {
        for (int i = 0; i < _host.Services.Count; i++)
        {
            if (_host.Services[i].Agreement is not null && !HasStopped(i))
            {
                _host.Services[i].Begin(requests);
            }
        }

        WaitUntilIdle();
    }

    private void WaitUntilIdle()
    {
        long start = Stopwatch.GetTimestamp();
        long delivered = CountDelivered();
        for (int i = 0; i < _host.Services.Count; i++)
        {
            while (!_host.Services[i].WaitUntilIdle(Glance) && !HasStopped(i))
            {
                if (CountDelivered() is var now && now != delivered)
                {
                    delivered = now;
                    start = Stopwatch.GetTimestamp();
                }
                else if (Stopwatch.GetElapsedTime(start) > Patience)
                {
                    throw new TimeoutException($"{_host.Services[i].Service.Name}: nothing was delivered for {Patience.TotalSeconds} s; host {_host.Services[i].Channel.Counters}, guest {_guest.Services[i].Channel.Counters}.");
                }
            }
        }
    }

    private bool HasStopped(int service) => _host.Services[service].Channel.Fault is not null || _guest.Services[service].Channel.Fault is not null;

    /// <summary>Exchanges the requests in several rounds and measures for each what the whole process allocates: every thread, every object.</summary>
    private AllocationReport ExchangeInRounds()
    {
        int rounds = Math.Min(SampleOptions.Rounds, _options.Requests);
        AllocationRound[] measured = new AllocationRound[rounds];
        for (int i = 0; i < rounds; i++)
        {
            long packetsBefore = CountDelivered();
            long bytesBefore = GC.GetTotalAllocatedBytes(precise: true);
            Exchange(_options.Requests / rounds + (i < _options.Requests % rounds ? 1 : 0));
            long bytes = GC.GetTotalAllocatedBytes(precise: true) - bytesBefore;
            measured[i] = new AllocationRound(CountDelivered() - packetsBefore, bytes);
        }

        return new AllocationReport(measured);
    }

    private long CountDelivered()
    {
        long delivered = 0;
        for (int i = 0; i < _host.Services.Count; i++)
        {
            delivered += _host.Services[i].Channel.Counters.PacketsDelivered + _guest.Services[i].Channel.Counters.PacketsDelivered;
        }

        return delivered;
    }
}
