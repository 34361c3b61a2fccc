using System.Globalization;
using Vmbus.Tool.Inspection;

namespace Vmbus.Tool.Presentation;

/// <summary>A ring's data area as a picture: free space, packets where they lie, both indices. A packet that goes over the end is drawn in two parts.</summary>
internal static class RingPicture
{
    private const double Width = 1000;
    private const int Top = 26;
    private const int Height = 60;

    /// <summary>As many packets as can be told apart; what lies behind them is drawn as one piece.</summary>
    private const int MostPackets = 2000;

    public static void Write(MarkupWriter page, RingSnapshot ring)
    {
        page.Open("svg", ("viewBox", $"-8 0 {Number(Width + 16)} {Top + Height + 24}"), ("role", "img"), ("aria-label", Describe(ring)), ("xmlns", "http://www.w3.org/2000/svg")).Line();
        page.Empty("rect", ("class", "area"), ("x", "0"), ("y", $"{Top}"), ("width", Number(Width)), ("height", $"{Height}")).Line();
        if (ring.BytesInUse is { } used)
        {
            int shown = Math.Min(ring.Packets.Count, MostPackets);
            long end = 0;
            for (int i = 0; i < shown; i++)
            {
                PacketSnapshot packet = ring.Packets[i];
                page.Open("a", ("href", $"#p{Integer(i)}"), ("data-packet", Integer(i)));
                page.Element("title", $"#{Integer(packet.Number)} at {Integer(packet.Start)}, {Integer(packet.Bytes)} bytes: {packet.DescribeType()}, {packet.TransactionId}");
                WritePart(page, ring, packet.Start, packet.Bytes, i % 2 == 0 ? "used" : "used odd");
                page.Close().Line();
                end += packet.Bytes;
            }

            if (end < used)
            {
                WritePart(page, ring, (int)((ring.ControlPage.ReadIndex + end) % ring.DataSize), (int)(used - end), "used odd");
                page.Line();
            }
        }

        WritePointer(page, ring, "read", ring.ControlPage.ReadIndex, Top - 10);
        WritePointer(page, ring, "write", ring.ControlPage.WriteIndex, Top + Height + 18);
        page.Close().Line();
    }

    private static void WritePart(MarkupWriter page, RingSnapshot ring, int start, int bytes, string kind)
    {
        int first = Math.Min(bytes, ring.DataSize - start);
        WriteRectangle(page, ring, start, first, kind);
        if (first < bytes)
        {
            WriteRectangle(page, ring, 0, bytes - first, kind);
        }
    }

    private static void WriteRectangle(MarkupWriter page, RingSnapshot ring, int start, int bytes, string kind)
        => page.Empty(
            "rect",
            ("class", kind),
            ("x", Number(Width * start / ring.DataSize)),
            ("y", $"{Top}"),
            ("width", Number(Math.Max(0.4, Width * bytes / ring.DataSize))),
            ("height", $"{Height}"));

    private static void WritePointer(MarkupWriter page, RingSnapshot ring, string name, uint index, int textY)
    {
        // An index that cannot be right has no place in the picture.
        if (index < ring.DataSize)
        {
            double x = Width * index / ring.DataSize;
            page.Empty("line", ("class", "pointer"), ("x1", Number(x)), ("x2", Number(x)), ("y1", $"{Top - 6}"), ("y2", $"{Top + Height + 6}"));
            page.Element("text", $"{name} index {Integer(index)}", ("x", Number(x)), ("y", $"{textY}"), ("text-anchor", x < Width / 8 ? "start" : x > Width * 7 / 8 ? "end" : "middle")).Line();
        }
    }

    private static string Describe(RingSnapshot ring)
        => ring.BytesInUse is { } used
            ? $"{Integer(used)} of {Integer(ring.DataSize)} bytes are occupied by {ring.DescribeCount()}"
            : "The control page cannot be right; nothing is known of the data area";

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Integer(long value) => value.ToString(CultureInfo.InvariantCulture);
}
