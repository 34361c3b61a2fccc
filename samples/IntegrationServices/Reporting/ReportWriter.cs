using System.Globalization;
using Spectre.Console;

namespace Vmbus.Samples.IntegrationServices.Reporting;

/// <summary>Shows a report: as wide as a terminal is; elsewhere as plain text whose lines are not broken.</summary>
internal static class ReportWriter
{
    private const int PlainWidth = 1000;

    /// <summary>A console over a writer.</summary>
    public static IAnsiConsole CreateConsole(TextWriter output, bool isTerminal)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        if (!isTerminal)
        {
            console.Profile.Width = PlainWidth;
            console.Profile.Capabilities.Unicode = false;
        }

        return console;
    }

    /// <summary>Writes the whole report.</summary>
    public static void Write(IAnsiConsole console, RunReport report)
    {
        TableBorder border = console.Profile.Capabilities.Unicode ? TableBorder.Rounded : TableBorder.Ascii;
        console.WriteLine($"Integration services over VMBus rings: {report.Options.Requests} requests a service after {SampleOptions.WarmUpRequests} to warm up.");

        WriteTable(console, border, "Negotiated", ["service", "framework", "messages"], 3, report.Negotiated.Select(row => new[] { row.Service, row.Framework, row.Messages }));

        WriteTable(
            console,
            border,
            "Dispatched",
            ["service", "endpoint", "handler", "packets"],
            3,
            from row in report.Endpoints
            from handler in row.Handlers.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            select new[] { row.Service, row.Endpoint, handler.Key, Number(handler.Value) });

        WriteTable(
            console,
            border,
            "Packets",
            ["service", "endpoint", "sent", "delivered", "completed", "deferred", "failed", "pended", "lost"],
            2,
            from row in report.Endpoints
            let counters = row.Counters
            select new[]
            {
                row.Service,
                row.Endpoint,
                Number(counters.PacketsSent),
                Number(counters.PacketsDelivered),
                Number(counters.PacketsCompleted),
                Number(counters.PacketsDeferred),
                Number(counters.PacketsFailed),
                Number(counters.PacketsPended),
                Number(counters.PacketsLost),
            });

        console.WriteLine();
        foreach (string line in report.Events)
        {
            console.WriteLine(line);
        }

        console.WriteLine();
        console.WriteLine(
            $"measured: {Number(report.Allocation.Rounds.Sum(round => round.Packets))} packets in {report.Allocation.Rounds.Count} rounds, "
            + $"allocated by the process in each: {string.Join(", ", report.Allocation.Rounds.Select(round => Number(round.Bytes)))} B");
        console.WriteLine($"allocated per packet: {report.Allocation.PerPacket.ToString("0.###", CultureInfo.InvariantCulture)} B");
        console.WriteLine($"outcome: {Describe(report.Outcome)}");
    }

    private static void WriteTable(IAnsiConsole console, TableBorder border, string title, string[] columns, int textColumns, IEnumerable<string[]> rows)
    {
        Table table = new() { Border = border };
        for (int i = 0; i < columns.Length; i++)
        {
            table.AddColumn(new TableColumn(Markup.Escape(columns[i])) { Alignment = i < textColumns ? Justify.Left : Justify.Right, NoWrap = true });
        }

        foreach (string[] row in rows)
        {
            table.AddRow([.. row.Select(Markup.Escape)]);
        }

        console.WriteLine();
        console.WriteLine(title);
        console.Write(table);
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Describe(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Success => "every packet was delivered, answered and completed",
        RunOutcome.NoCommonVersion => "host and guest have no common version of a service",
        RunOutcome.ChannelStopped => "a channel stopped by itself",
        RunOutcome.PacketLost => "a packet was never completed",
        RunOutcome.Inconsistent => "the counts do not add up",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };
}
