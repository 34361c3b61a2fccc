using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Vmbus.Ring;

namespace Vmbus.Tool.RingCommands;

/// <summary><c>vmbus ring show FILE</c>: control page, packets and free space, as text.</summary>
internal static class RingShowCommand
{
    /// <summary>Wide enough that a table in a file or a pipe is not broken into lines.</summary>
    private const int WidthOfFiles = 240;

    private const int PayloadBytesShown = 16;

    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A ring: a control page of 4096 bytes, then the data area." };
        var command = new Command("show", "Shows the ring in a file: control page, free space, packets. Changes nothing.") { file };
        command.SetAction(result => Run(result.GetRequiredValue(file).FullName, result.InvocationConfiguration.Output));
        return command;
    }

    private static int Run(string path, TextWriter output)
    {
        using RingMemory memory = RingFile.LoadCopy(path);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (!ReferenceEquals(output, Console.Out) || Console.IsOutputRedirected)
        {
            console.Profile.Width = WidthOfFiles;
        }

        console.WriteLine(Invariant($"{Path.GetFileName(path)}: a data area of {memory.DataSize} bytes"));
        ShowControlPage(console, memory.ControlPage);
        RingReader reader;
        try
        {
            reader = new RingReader(memory, RingReadChecks.None);
        }
        catch (RingCorruptException e)
        {
            console.WriteLine($"Corrupt: {e.Message}");
            return ExitCode.Failure;
        }

        using (reader)
        {
            ShowSpace(console, memory);
            return ShowPackets(console, reader);
        }
    }

    private static void ShowControlPage(IAnsiConsole console, RingControlPage page)
    {
        Table table = NewTable("control page", "value", "meaning");
        AddRow(table, "write index", Invariant($"{page.WriteIndex}"), "where the next packet will be placed");
        AddRow(table, "read index", Invariant($"{page.ReadIndex}"), "the next unread packet");
        AddRow(table, "interrupt mask", Invariant($"{page.InterruptMask}"), page.InterruptMask == 0 ? "the reader wants to be signalled" : "the reader wants no signal");
        AddRow(table, "pending send size", Invariant($"{page.PendingSendSize}"), page.PendingSendSize == 0 ? "the writer is not blocked" : "bytes that the writer waits for");
        bool flowControl = (page.FeatureBits & RingControlPage.PendingSendSizeFeature) != 0;
        AddRow(table, "feature bits", $"0x{page.FeatureBits:x}", flowControl ? "the writer uses the pending send size" : "the writer polls when the ring is full");
        AddRow(table, "interrupt count", Invariant($"{page.GuestToHostInterruptCount}"), "guest to host; a statistic that few guests keep");
        console.Write(table);
    }

    private static void ShowSpace(IAnsiConsole console, RingMemory memory)
    {
        using var writer = new RingWriter(memory);
        int free = writer.AvailableToWrite;
        Table table = NewTable("space", "bytes", "meaning");
        AddRow(table, "in use", Invariant($"{memory.DataSize - free}"), "packets with their footers");
        AddRow(table, "free", Invariant($"{free}"), "a packet fits if it takes less than this");
        AddRow(table, "largest payload ever", Invariant($"{writer.MaximumPayloadLength}"), "in-band, on an empty ring");
        console.Write(table);
    }

    private static int ShowPackets(IAnsiConsole console, RingReader reader)
    {
        Table table = NewTable("#", "at", "type", "flags", "transaction id", "bytes", "extended header", "payload");
        int count = 0;
        RingReadStatus status;
        while ((status = reader.TryRead(out RingPacket packet)) == RingReadStatus.Success)
        {
            AddRow(
                table,
                Invariant($"{count}"),
                Invariant($"{packet.StartIndex}"),
                PacketText.Type(packet.Type),
                PacketText.Flags(packet.Flags),
                $"0x{packet.TransactionId:x}",
                Invariant($"{packet.BytesConsumed}"),
                PacketText.ExtendedHeader(packet),
                Invariant($"{packet.PayloadLength}: {PacketText.PayloadStart(packet, PayloadBytesShown)}"));
            count++;
        }

        if (count > 0)
        {
            console.Write(table);
        }

        console.WriteLine(count == 1 ? "1 packet" : Invariant($"{count} packets"));
        if (status == RingReadStatus.Corrupt)
        {
            console.WriteLine($"Corrupt: {reader.Corruption!.Message}");
            return ExitCode.Failure;
        }

        return ExitCode.Success;
    }

    private static Table NewTable(params string[] columns)
    {
        Table table = new Table().Border(TableBorder.Simple);
        foreach (string column in columns)
        {
            table.AddColumn(Markup.Escape(column));
        }

        return table;
    }

    private static void AddRow(Table table, params string[] cells) => table.AddRow(Array.ConvertAll(cells, Markup.Escape));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
