namespace Vmbus.Samples.Tests.IntegrationServices;

/// <summary>What the sample prints, and that its figures add up.</summary>
public sealed class OutputTests
{
    private const int WarmUp = 1000;

    private static readonly string[] Services = ["heartbeat", "shutdown", "timesync"];

    [Fact]
    public async Task The_ordinary_run_delivers_and_completes_every_packet_and_allocates_nothing_for_it()
    {
        SampleOutput output = await SampleProcess.RunAsync();

        Assert.Equal((0, ""), (output.ExitCode, output.Error));
        Assert.Contains("allocated per packet: 0 B", output.Lines);
        Assert.Contains("outcome: every packet was delivered, answered and completed", output.Lines);
        Assert.Equal(
            ["heartbeat 3.0 3.0", "shutdown 3.0 3.1", "timesync 3.0 4.0"],
            output.Table("Negotiated").Select(row => $"{row["service"]} {row["framework"]} {row["messages"]}"));
        Assert.Contains("shutdown, host: 5000 requests refused, the forced one granted", output.Lines);
        Assert.Contains("timesync, guest: clock set 1 time(s), 4999 samples", output.Lines);
        foreach (string service in Services)
        {
            AssertBalanced(output, service);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    public async Task The_number_of_requests_is_what_was_asked_for(int requests)
    {
        SampleOutput output = await SampleProcess.RunAsync("--requests", $"{requests}");

        Assert.Equal((0, ""), (output.ExitCode, output.Error));
        int all = WarmUp + requests;
        Assert.Equal(new Dictionary<string, long> { ["OnNegotiate"] = 1, ["OnHeartbeat"] = all }, output.Handlers("heartbeat", "guest"));
        Assert.Equal(new Dictionary<string, long> { ["OnNegotiated"] = 1, ["OnAnswer"] = all }, output.Handlers("heartbeat", "host"));
        Assert.Equal(new Dictionary<string, long> { ["OnNegotiate"] = 1, ["OnTimeSync"] = all }, output.Handlers("timesync", "guest"));

        // Each request to shut down, the forced one included, is delivered at DISPATCH_LEVEL, deferred, and delivered at PASSIVE_LEVEL.
        Assert.Equal(new Dictionary<string, long> { ["OnNegotiate"] = 1, ["OnShutdown"] = 2 * (all + 1) }, output.Handlers("shutdown", "guest"));
        Assert.Equal(all + 1, output.Count("shutdown", "guest", "deferred"));
        Assert.Equal(1, output.Count("shutdown", "guest", "pended"));
        foreach (string service in Services)
        {
            AssertBalanced(output, service);
        }
    }

    [Fact]
    public async Task With_a_wrong_version_the_guest_finds_no_common_one_and_the_other_services_go_on()
    {
        SampleOutput output = await SampleProcess.RunAsync("--inject", "wrong-version", "-n", "100");

        Assert.Equal((2, ""), (output.ExitCode, output.Error));
        Assert.Contains("heartbeat none none: the host offered 9.1, 9.0", output.Table("Negotiated").Select(row => $"{row["service"]} {row["framework"]} {row["messages"]}"));
        Assert.Contains("heartbeat, guest: no common version: this guest knows 3.0, 1.0", output.Lines);
        Assert.Contains("outcome: host and guest have no common version of a service", output.Lines);
        Assert.Equal(new Dictionary<string, long> { ["OnNegotiate"] = 1 }, output.Handlers("heartbeat", "guest"));
        Assert.Equal(WarmUp + 100, output.Handlers("timesync", "guest")["OnTimeSync"]);
        foreach (string service in Services)
        {
            AssertBalanced(output, service);
        }
    }

    [Fact]
    public async Task A_short_packet_stops_its_channel_with_the_reason_and_no_other()
    {
        SampleOutput output = await SampleProcess.RunAsync("--inject", "short-packet", "-n", "100");

        Assert.Equal((3, ""), (output.ExitCode, output.Error));
        string reason = Assert.Single(output.Lines, line => line.Contains("stopped:", StringComparison.Ordinal));
        Assert.StartsWith($"heartbeat, guest: stopped: Packet {WarmUp + 101} of 32 bytes is too short for its handler OnHeartbeat", reason, StringComparison.Ordinal);
        Assert.Contains("outcome: a channel stopped by itself", output.Lines);
        Assert.Equal(1, output.Count("heartbeat", "guest", "failed"));
        Assert.Equal(output.Count("heartbeat", "guest", "completed") + 1, output.Count("heartbeat", "guest", "delivered"));
        Assert.Equal(output.Count("heartbeat", "host", "sent") - 1, output.Count("heartbeat", "guest", "sent"));
        AssertBalanced(output, "shutdown");
        AssertBalanced(output, "timesync");
    }

    [Fact]
    public async Task A_lost_completion_is_named_with_its_handler_and_transaction()
    {
        SampleOutput output = await SampleProcess.RunAsync("--inject", "lost-completion", "-n", "100");

        Assert.Equal((4, ""), (output.ExitCode, output.Error));
        Assert.Contains("heartbeat, guest: OnHeartbeat returned without completing transaction 17 (VMB101); given up", output.Lines);
        Assert.Contains("outcome: a packet was never completed", output.Lines);
        Assert.Equal(1, output.Count("heartbeat", "guest", "lost"));
        Assert.Equal(output.Count("heartbeat", "guest", "completed") + 1, output.Count("heartbeat", "guest", "delivered"));

        // It was answered all the same.
        Assert.Equal(output.Count("heartbeat", "host", "sent"), output.Count("heartbeat", "guest", "sent"));
        AssertBalanced(output, "shutdown");
        AssertBalanced(output, "timesync");
    }

    [Theory]
    [InlineData("--inject", "nonsense")]
    [InlineData("--requests", "0")]
    [InlineData("--requests", "many")]
    public async Task A_command_line_that_is_not_understood_is_an_error(string option, string value)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int exitCode = await Vmbus.Samples.IntegrationServices.Program.RunAsync([option, value], output, error, isTerminal: false);

        Assert.Equal(1, exitCode);
        Assert.Contains(option == "--inject" ? "wrong-version" : "--requests", error.ToString(), StringComparison.Ordinal);
    }

    /// <summary>What one side sent has arrived at the other, once; what arrived was completed; and every delivery went to a handler.</summary>
    private static void AssertBalanced(SampleOutput output, string service)
    {
        foreach ((string from, string to) in ((string, string)[])[("host", "guest"), ("guest", "host")])
        {
            long arrived = output.Count(service, to, "delivered") - output.Count(service, to, "deferred");
            Assert.Equal(output.Count(service, from, "sent"), arrived);
            Assert.Equal(arrived, output.Count(service, to, "completed"));
            Assert.Equal(output.Count(service, to, "delivered"), output.Handlers(service, to).Values.Sum());
            Assert.Equal(0, output.Count(service, to, "failed"));
            Assert.Equal(0, output.Count(service, to, "lost"));
        }
    }
}
