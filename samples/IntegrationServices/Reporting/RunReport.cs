using Vmbus.Samples.IntegrationServices.Guest;
using Vmbus.Samples.IntegrationServices.Host;

namespace Vmbus.Samples.IntegrationServices.Reporting;

/// <summary>What the exit code tells.</summary>
internal enum RunOutcome
{
    /// <summary>Every packet that was sent was delivered, and every one that was delivered was completed.</summary>
    Success = 0,

    /// <summary>Host and guest have no common version of a service.</summary>
    NoCommonVersion = 2,

    /// <summary>A channel stopped by itself.</summary>
    ChannelStopped = 3,

    /// <summary>A packet was delivered and never completed.</summary>
    PacketLost = 4,

    /// <summary>The counts do not add up, or an answer was not what it had to be.</summary>
    Inconsistent = 5,
}

/// <summary>What a service agreed on.</summary>
internal sealed record NegotiationRow(string Service, string Framework, string Messages);

/// <summary>What one endpoint of a service counted.</summary>
internal sealed record EndpointRow(string Service, string Endpoint, ChannelCounters Counters, IReadOnlyDictionary<string, long> Handlers, Exception? Fault)
{
    /// <summary>How many different packets arrived: one that was deferred was delivered twice.</summary>
    public long Arrived => Counters.PacketsDelivered - Counters.PacketsDeferred;
}

/// <summary>What came of a run: taken from the channels, not from what was meant to happen.</summary>
internal sealed record RunReport(
    SampleOptions Options,
    IReadOnlyList<NegotiationRow> Negotiated,
    IReadOnlyList<EndpointRow> Endpoints,
    IReadOnlyList<string> Events,
    AllocationReport Allocation,
    RunOutcome Outcome)
{
    /// <summary>Reads the counters of both sides.</summary>
    public static RunReport Create(SampleOptions options, IntegrationHost host, IntegrationGuest guest, AllocationReport allocation)
    {
        List<NegotiationRow> negotiated = [];
        List<EndpointRow> endpoints = [];
        List<string> events = [];
        List<string> inconsistencies = [];
        foreach ((HostService hostEnd, GuestService guestEnd) in host.Services.Zip(guest.Services))
        {
            string name = hostEnd.Service.Name;
            negotiated.Add(hostEnd.Agreement is { } agreed
                ? new NegotiationRow(name, agreed.Framework.ToString(), agreed.Message.ToString())
                : new NegotiationRow(name, "none", $"none: the host offered {string.Join(", ", hostEnd.OfferedVersions)}"));

            EndpointRow hostRow = Read(name, "host", hostEnd.Channel);
            EndpointRow guestRow = Read(name, "guest", guestEnd.Channel);
            endpoints.AddRange([hostRow, guestRow]);
            events.AddRange(guestEnd.Journal.Select(entry => $"{name}, guest: {entry}"));
            Check(inconsistencies, hostEnd, hostRow, guestRow);
        }

        events.AddRange(from row in endpoints where row.Fault is not null select $"{row.Service}, {row.Endpoint}: stopped: {row.Fault!.Message}");
        events.Add($"shutdown, host: {host.Shutdown.Refused} requests refused, the forced one {(host.Shutdown.IsGranted ? "granted" : "not granted")}");
        events.Add($"timesync, guest: clock set {guest.Clock.TimesSet} time(s), {guest.Clock.Samples} samples");
        events.AddRange(inconsistencies);
        return new RunReport(options, negotiated, endpoints, events, allocation, Judge(host, endpoints, inconsistencies));
    }

    private static EndpointRow Read(string service, string endpoint, VmbusChannel channel)
        => new(service, endpoint, channel.Counters, channel.GetHandlerCounts(), channel.Fault);

    /// <summary>The books of a service whose ends were both closed in order.</summary>
    private static void Check(List<string> inconsistencies, HostService service, EndpointRow host, EndpointRow guest)
    {
        Require(service.WrongAnswers == 0, $"{service.WrongAnswers} answers were not what they had to be");
        Require(service.SendStatus.IsSuccess(), $"a request could not be sent: {service.SendStatus}");
        foreach (EndpointRow row in (ReadOnlySpan<EndpointRow>)[host, guest])
        {
            ChannelCounters counters = row.Counters;
            Require(
                row.Arrived == counters.PacketsCompleted + counters.PacketsFailed + counters.PacketsLost,
                $"{row.Endpoint}: {row.Arrived} packets arrived, {counters.PacketsCompleted} were completed, {counters.PacketsFailed} failed, {counters.PacketsLost} lost");
        }

        Require(guest.Counters.PacketsSent == host.Arrived, $"the guest sent {guest.Counters.PacketsSent} packets, {host.Arrived} arrived");
        Require(host.Counters.PacketsSent == guest.Arrived, $"the host sent {host.Counters.PacketsSent} packets, {guest.Arrived} arrived");
        if (host.Fault is null && guest.Fault is null)
        {
            Require(service.Exchanged.Sent == service.Exchanged.Answered, $"{service.Exchanged.Sent} requests, {service.Exchanged.Answered} answers");
        }

        void Require(bool condition, string otherwise)
        {
            if (!condition)
            {
                inconsistencies.Add($"{service.Service.Name}: inconsistent: {otherwise}");
            }
        }
    }

    private static RunOutcome Judge(IntegrationHost host, List<EndpointRow> endpoints, List<string> inconsistencies)
    {
        if (inconsistencies.Count > 0)
        {
            return RunOutcome.Inconsistent;
        }

        if (endpoints.Exists(row => row.Fault is not null))
        {
            return RunOutcome.ChannelStopped;
        }

        if (endpoints.Exists(row => row.Counters.PacketsLost > 0))
        {
            return RunOutcome.PacketLost;
        }

        return host.Services.All(service => service.Agreement is not null) ? RunOutcome.Success : RunOutcome.NoCommonVersion;
    }
}
