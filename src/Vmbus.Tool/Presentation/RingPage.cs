using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Vmbus.Tool.Inspection;

namespace Vmbus.Tool.Presentation;

/// <summary>
/// A ring as one self-contained page. The page's policy lets run only the script that it was written with, and load nothing, so that even what should ever slip
/// through as markup could do nothing.
/// </summary>
internal static class RingPage
{
    /// <summary>More rows make a page that no browser likes.</summary>
    private const int MostRows = 5000;

    private const int PayloadBytesShown = 16;
    private const int PayloadBytesDumped = 512;

    private static readonly string Style = Read("ring.css");
    private static readonly string Script = Read("ring.js");

    public static string Write(RingSnapshot ring)
    {
        MarkupWriter page = new();
        page.Raw("<!DOCTYPE html>\n").Open("html", ("lang", "en")).Line();
        WriteHead(page, ring);
        page.Open("body").Line();
        page.Element("h1", ring.File).Line();
        page.Element("p", Invariant($"A ring with a data area of {ring.DataSize} bytes"), ("class", "soft")).Line();
        if (ring.Corruption is { } corruption)
        {
            page.Element("p", $"Corrupt: {corruption}", ("class", "corrupt"), ("role", "alert")).Line();
        }

        page.Element("h2", "Data area").Line();
        RingPicture.Write(page, ring);
        WriteLegend(page, ring);
        page.Open("div", ("class", "tables")).Line();
        WriteControlPage(page, ring.ControlPage);
        WriteSpace(page, ring);
        page.Close().Line();
        WritePackets(page, ring);
        page.Raw($"<script>{Script}</script>\n");
        return page.Close().Line().Close().Line().ToString();
    }

    private static void WriteHead(MarkupWriter page, RingSnapshot ring)
    {
        page.Open("head").Line();
        page.Empty("meta", ("charset", "utf-8")).Line();
        page.Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1")).Line();
        page.Empty("meta", ("http-equiv", "Content-Security-Policy"), ("content", $"default-src 'none'; script-src '{Hash(Script)}'; style-src '{Hash(Style)}'; base-uri 'none'; form-action 'none'")).Line();
        page.Element("title", $"{ring.File}: VMBus ring").Line();
        page.Raw($"<style>{Style}</style>\n").Close().Line();
    }

    private static void WriteLegend(MarkupWriter page, RingSnapshot ring)
    {
        if (ring.BytesFree is not { } free)
        {
            return;
        }

        page.Open("ul", ("class", "legend"));
        Entry("used", Invariant($"occupied: {ring.BytesInUse} bytes, {ring.DescribeCount()}"));
        Entry("free", Invariant($"free: {free} bytes"));
        page.Close().Line();

        void Entry(string kind, string text) => page.Open("li").Element("span", "", ("class", kind)).Text(text).Close();
    }

    private static void WriteControlPage(MarkupWriter page, ControlPageSnapshot control)
    {
        page.Open("section").Element("h2", "Control page").Line().Open("table", ("id", "control-page")).Open("tbody").Line();
        foreach ((string name, string value, string meaning) in control.Describe())
        {
            page.Open("tr").Element("th", name, ("scope", "row")).Element("td", value, ("class", "number")).Element("td", meaning, ("class", "soft")).Close().Line();
        }

        page.Close().Close().Close().Line();
    }

    private static void WriteSpace(MarkupWriter page, RingSnapshot ring)
    {
        if (ring.BytesFree is null)
        {
            return;
        }

        page.Open("section").Element("h2", "Space").Line().Open("table", ("id", "space")).Open("tbody").Line();
        Row("occupied", ring.BytesInUse, "packets with their footers");
        Row("free", ring.BytesFree, "a packet fits if it takes less than this");
        Row("largest payload ever", ring.LargestPayload, "in-band, on an empty ring");
        page.Close().Close().Close().Line();

        void Row(string name, int? value, string meaning)
            => page.Open("tr").Element("th", name, ("scope", "row")).Element("td", Invariant($"{value}"), ("class", "number")).Element("td", meaning, ("class", "soft")).Close().Line();
    }

    private static void WritePackets(MarkupWriter page, RingSnapshot ring)
    {
        page.Element("h2", "Packets").Line();
        page.Open("p").Empty("input", ("id", "filter"), ("type", "search"), ("placeholder", "Filter: type, flags, transaction id, header, payload"), ("aria-label", "Filter packets"))
            .Text(" ").Element("span", "", ("id", "shown"), ("class", "soft"), ("role", "status")).Close().Line();
        if (ring.Packets.Count > MostRows)
        {
            page.Element("p", Invariant($"The first {MostRows} of {ring.DescribeCount()}; vmbus ring show --json has all."), ("class", "soft")).Line();
        }

        page.Open("div", ("class", "scroll")).Open("table", ("id", "packets")).Line().Open("thead").Open("tr");
        foreach ((string column, string kind) in (ReadOnlySpan<(string, string)>)[("#", "number"), ("at", "number"), ("type", ""), ("flags", ""), ("transaction id", ""), ("bytes", "number"), ("extended header", ""), ("payload", "")])
        {
            page.Element("th", column, ("scope", "col"), ("class", kind));
        }

        page.Close().Close().Line().Open("tbody").Line();
        foreach (PacketSnapshot packet in ring.Packets.Take(MostRows))
        {
            WritePacket(page, packet);
        }

        page.Close().Close().Close().Line();
    }

    private static void WritePacket(MarkupWriter page, PacketSnapshot packet)
    {
        string number = Invariant($"{packet.Number}");
        page.Open("tr", ("id", $"p{number}"), ("data-packet", number))
            .Element("td", number, ("class", "number"))
            .Element("td", Invariant($"{packet.Start}"), ("class", "number"))
            .Element("td", packet.DescribeType())
            .Element("td", packet.DescribeFlags())
            .Element("td", packet.TransactionId, ("class", "mono"))
            .Element("td", Invariant($"{packet.Bytes}"), ("class", "number"));
        page.Open("td", ("class", "header"));
        WriteBytes(page, packet.ExtendedHeader, packet.ExtendedHeaderBytes);
        page.Close().Open("td");
        WriteBytes(page, Invariant($"{packet.PayloadLength}: {packet.PayloadStart(PayloadBytesShown)}"), packet.Payload);
        page.Close().Close().Line();
    }

    /// <summary>Bytes in short, and in full where there are some.</summary>
    private static void WriteBytes(MarkupWriter page, string inShort, string hexadecimal)
    {
        if (hexadecimal.Length == 0)
        {
            page.Element("code", inShort);
            return;
        }

        byte[] bytes = Convert.FromHexString(hexadecimal);
        ReadOnlySpan<byte> dumped = bytes.AsSpan(0, Math.Min(bytes.Length, PayloadBytesDumped));
        string rest = dumped.Length < bytes.Length ? Invariant($"and {bytes.Length - dumped.Length} bytes more\n") : "";
        page.Open("details").Open("summary").Element("code", inShort).Close().Element("pre", HexDump.Of(dumped) + rest).Close();
    }

    private static string Hash(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static string Read(string name)
    {
        using Stream stream = typeof(RingPage).Assembly.GetManifestResourceStream($"Vmbus.Tool.Presentation.{name}")!;
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
