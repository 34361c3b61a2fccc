using Spectre.Console;
using Vmbus.Tool.Inspection;

namespace Vmbus.Tool.Presentation;

/// <summary>A ring as text. Coloured on a terminal only.</summary>
internal static class RingText
{
    /// <summary>Wide enough that a table in a file or a pipe is not broken into lines.</summary>
    private const int WidthOfFiles = 240;

    private const int PayloadBytesShown = 16;

    private static readonly Style Faulty = new(Color.Red, decoration: Decoration.Bold);

    public static void Write(RingSnapshot ring, TextWriter output)
    {
        // Asked here and not of the library, which takes a pipe for a terminal where the environment looks like one.
        bool isTerminal = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        if (!isTerminal)
        {
            console.Profile.Width = WidthOfFiles;
        }

        Write(ring, console);
    }

    /// <summary>Writes to a console whose capabilities are known.</summary>
    public static void Write(RingSnapshot ring, IAnsiConsole console)
    {
        console.WriteLine(Invariant($"{ring.File}: a data area of {ring.DataSize} bytes"));
        Table page = NewTable("control page", "value", "meaning");
        foreach ((string name, string value, string meaning) in ring.ControlPage.Describe())
        {
            AddRow(page, name, value, meaning);
        }

        console.Write(page);
        if (ring.BytesFree is not null)
        {
            Table space = NewTable("space", "bytes", "meaning");
            AddRow(space, "in use", Invariant($"{ring.BytesInUse}"), "packets with their footers");
            AddRow(space, "free", Invariant($"{ring.BytesFree}"), "a packet fits if it takes less than this");
            AddRow(space, "largest payload ever", Invariant($"{ring.LargestPayload}"), "in-band, on an empty ring");
            console.Write(space);
            WritePackets(ring, console);
        }

        if (ring.Corruption is not null)
        {
            console.WriteLine($"Corrupt: {ring.Corruption}", Faulty);
        }
    }

    private static void WritePackets(RingSnapshot ring, IAnsiConsole console)
    {
        Table table = NewTable("#", "at", "type", "flags", "transaction id", "bytes", "extended header", "payload");
        foreach (PacketSnapshot packet in ring.Packets)
        {
            AddRow(
                table,
                Invariant($"{packet.Number}"),
                Invariant($"{packet.Start}"),
                packet.DescribeType(),
                packet.DescribeFlags(),
                packet.TransactionId,
                Invariant($"{packet.Bytes}"),
                packet.ExtendedHeader,
                Invariant($"{packet.PayloadLength}: {packet.PayloadStart(PayloadBytesShown)}"));
        }

        if (ring.Packets.Count > 0)
        {
            console.Write(table);
        }

        console.WriteLine(ring.DescribeCount());
    }

    private static Table NewTable(params string[] columns)
    {
        Table table = new Table().Border(TableBorder.Simple).BorderStyle(new Style(Color.Grey));
        foreach (string column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column, new Style(decoration: Decoration.Bold))));
        }

        return table;
    }

    private static void AddRow(Table table, params string[] cells) => table.AddRow(Array.ConvertAll(cells, Markup.Escape));

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
