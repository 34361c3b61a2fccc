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
        AllocationReport allocation = Measure(() => Exchange(_options.Requests));

        if (_options.Fault == InjectedFault.ShortPacket)
        {
            _host.Heartbeat.BeginWithTruncated();
            WaitUntilIdle();
        }

        _host.Shutdown.BeginForced();
        WaitUntilIdle();
        await guestRuns.WaitAsync(Patience);
        await _host.WithdrawAsync().WaitAsync(Patience);

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
        for (int i = 0; i < _host.Services.Count; i++)
        {
            while (!_host.Services[i].WaitUntilIdle(Glance) && !HasStopped(i))
            {
                if (Stopwatch.GetElapsedTime(start) > Patience)
                {
                    throw new TimeoutException($"{_host.Services[i].Service.Name}: no answer for {Patience.TotalSeconds} s; host {_host.Services[i].Channel.Counters}, guest {_guest.Services[i].Channel.Counters}.");
                }
            }
        }
    }

    private bool HasStopped(int service) => _host.Services[service].Channel.Fault is not null || _guest.Services[service].Channel.Fault is not null;

    /// <summary>What the whole process allocates while both sides exchange packets: every thread, every object.</summary>
    private AllocationReport Measure(Action exchange)
    {
        long packetsBefore = CountDelivered();
        long bytesBefore = GC.GetTotalAllocatedBytes(precise: true);
        exchange();
        long bytes = GC.GetTotalAllocatedBytes(precise: true) - bytesBefore;
        return new AllocationReport(CountDelivered() - packetsBefore, bytes);
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
