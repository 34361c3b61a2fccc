using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Vmbus.Ring;
using Vmbus.Tool;

namespace Vmbus.Tests.Tool;

/// <summary><c>vmbus ring show --html</c>: the page is parsed, and must be well-formed whatever is in the ring.</summary>
public sealed class RingPageTests : IDisposable
{
    private const string Hostile = "\"><script>alert(1)</script><img src=x onerror=alert(2)>&amp;<!--";

    private static readonly HashSet<string> Elements =
    [
        "html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "svg", "rect", "a", "line", "text", "ul", "li", "span", "div", "section", "table", "thead", "tbody",
        "tr", "th", "td", "input", "code", "details", "summary", "pre", "script",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("vmbus-page-");

    private string Ring => Path.Combine(_folder.FullName, "ring");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_page_shows_control_page_space_and_packets()
    {
        RingMemory.CreateFile(Ring, 4096).Dispose();
        Run(0, "ring", "send", Ring, "--type", "DataUsingGpaDirect", "--flags", "1", "--xid", "7", "--header", "000000000100000000020000800000008967452301000000", "--payload", "0102");
        Run(0, "ring", "send", Ring, "--type", "77", "--xid", "0xffffffffffffffff");
        XElement page = Page();

        Assert.Equal("ring", Single(page, "h1").Value);
        Assert.Equal(
            ["write index 80", "read index 0", "interrupt mask 0", "pending send size 0", "feature bits 0x0", "interrupt count 0"],
            Rows(page, "control-page").Select(static r => r[0] + " " + r[1]));
        Assert.Equal(["occupied 80", "free 4016", "largest payload ever 4064"], Rows(page, "space").Select(static r => r[0] + " " + r[1]));
        string[][] packets = [.. Rows(page, "packets")];
        Assert.Equal(["#", "at", "type", "flags", "transaction id", "bytes", "extended header", "payload"], packets[0]);
        Assert.Equal(["0", "0", "9 DataUsingGpaDirect", "0x1 completion requested", "0x7", "56"], packets[1][..6]);
        Assert.StartsWith("512 bytes from 0x80 of page 0x123456789", packets[1][6], StringComparison.Ordinal);
        Assert.StartsWith("8: 0102000000000000", packets[1][7], StringComparison.Ordinal);
        Assert.Equal(["1", "56", "77", "0x0", "0xffffffffffffffff", "24", "", "0: "], packets[2]);
    }

    /// <summary>Occupied space is drawn where it lies: a packet over the end in two parts.</summary>
    [Fact]
    public void The_picture_covers_what_is_occupied()
    {
        RingMemory.CreateFile(Ring, 4096).Dispose();
        for (int i = 0; i < 3; i++)
        {
            Run(0, "ring", "send", Ring, "--payload", new string('0', 2 * 1200));
        }

        Run(0, "ring", "receive", Ring);
        Run(0, "ring", "receive", Ring);
        Run(0, "ring", "send", Ring, "--payload", new string('0', 2 * 1200));
        Run(0, "ring", "send", Ring, "--payload", new string('0', 2 * 1200));
        XElement picture = Single(Page(), "svg");

        (double X, double Width)[] used = [.. picture.Descendants().Where(static e => ((string?)e.Attribute("class"))?.StartsWith("used", StringComparison.Ordinal) == true).Select(static e => (Number(e, "x"), Number(e, "width")))];
        Assert.Equal(4, used.Length);
        Assert.Equal(1000.0 * 3 * 1224 / 4096, used.Sum(static u => u.Width), 1.0);
        Assert.All(used, static u => Assert.InRange(u.X + u.Width, 0, 1000.01));
        Assert.Contains(used, static u => u.X == 0);
        Assert.Equal("3672 of 4096 bytes are occupied by 3 packets", (string?)picture.Attribute("aria-label"));
        Assert.Equal(["read index 2448", "write index 2024"], picture.Descendants().Where(static e => e.Name.LocalName == "text").Select(static e => e.Value));
    }

    [Fact]
    public void What_is_in_the_ring_or_in_its_name_stays_text()
    {
        string ring = Path.Combine(_folder.FullName, Hostile.Replace('/', '_'));
        RingMemory.CreateFile(ring, 4096).Dispose();
        string payload = Convert.ToHexString(Encoding.ASCII.GetBytes(Hostile));
        Run(0, "ring", "send", ring, "--payload", payload);
        Run(0, "ring", "send", ring, "--type", "60", "--header", Convert.ToHexString(Encoding.ASCII.GetBytes("<script>alert(3)</script>".PadRight(32))));
        XElement page = Page(ring);

        Assert.Equal(Path.GetFileName(ring), Single(page, "h1").Value);
        Assert.Contains(page.Descendants(), e => e.Name.LocalName == "pre" && e.Value.Contains("<script>alert(", StringComparison.Ordinal));
    }

    [Fact]
    public void Random_rings_make_sound_pages()
    {
        Random random = new(7);
        for (int i = 0; i < 200; i++)
        {
            byte[] image = new byte[8192];
            random.NextBytes(image.AsSpan(4096, random.Next(4096)));
            random.NextBytes(image.AsSpan(8, 60));
            BitConverter.TryWriteBytes(image, random.Next(515) * 8);
            BitConverter.TryWriteBytes(image.AsSpan(4), random.Next(515) * 8);
            File.WriteAllBytes(Ring, image);
            XElement page = Page(expected: null);
            Assert.Equal(image, File.ReadAllBytes(Ring));
            Assert.NotNull(Single(page, "svg"));
        }
    }

    [Fact]
    public void A_corrupt_ring_says_so()
    {
        RingMemory.CreateFile(Ring, 4096).Dispose();
        using (RingMemory memory = RingMemory.MapFile(Ring))
        {
            RingControlPage control = memory.ControlPage;
            control.ReadIndex = 5;
        }

        XElement page = Page(expected: 1);
        Assert.StartsWith("Corrupt: The read index is 5", Assert.Single(page.Descendants(), static e => (string?)e.Attribute("role") == "alert").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_that_cannot_be_written_is_named()
    {
        RingMemory.CreateFile(Ring, 4096).Dispose();
        string output = Path.Combine(_folder.FullName, "no", "page.html");
        Assert.Contains($"{output} cannot be written", Run(73, "ring", "show", Ring, "--html", output), StringComparison.Ordinal);
    }

    [Fact]
    public void Large_rings_make_pages_that_a_browser_can_show()
    {
        using (RingMemory memory = RingMemory.CreateFile(Ring, 1 << 20))
        using (RingWriter writer = new(memory))
        {
            while (writer.TryWrite(PacketType.DataInBand, PacketFlags.None, 1, [1]) == RingWriteStatus.Success)
            {
            }

            writer.Publish();
        }

        XElement page = Page();
        Assert.Equal(5001, Rows(page, "packets").Count());
        Assert.Contains(page.Descendants(), static e => e.Value.StartsWith("The first 5000 of 32767 packets", StringComparison.Ordinal));
        Assert.InRange(new FileInfo(Path.Combine(_folder.FullName, "page.html")).Length, 1, 8 << 20);
    }

    private static XElement Single(XElement page, string name) => Assert.Single(page.Descendants(), e => e.Name.LocalName == name);

    private static IEnumerable<string[]> Rows(XElement page, string table)
        => Assert.Single(page.Descendants(), e => (string?)e.Attribute("id") == table).Descendants()
            .Where(static e => e.Name.LocalName == "tr")
            .Select(static row => row.Elements().Select(static cell => cell.Value).ToArray());

    private static double Number(XElement element, string attribute) => double.Parse((string)element.Attribute(attribute)!, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The page of a ring: well-formed, of known elements, without anything that runs or is loaded but its own script.</summary>
    private XElement Page(string? ring = null, int? expected = 0)
    {
        string output = Path.Combine(_folder.FullName, "page.html");
        Run(expected, "ring", "show", ring ?? Ring, "--html", output);
        string text = File.ReadAllText(output);
        Assert.StartsWith("<!DOCTYPE html>\n", text, StringComparison.Ordinal);
        XElement page = XDocument.Parse(text).Root!;
        Assert.All(page.DescendantsAndSelf(), static e => Assert.Contains(e.Name.LocalName == "title" ? "title" : e.Name.LocalName, Elements));
        Assert.All(page.Descendants().Attributes(), static a => Assert.False(a.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase), a.ToString()));
        Assert.All(page.Descendants().Attributes(), static a => Assert.True(a.Name.LocalName is not ("src" or "href" or "style") || a.Value.StartsWith("#p", StringComparison.Ordinal), a.ToString()));
        string policy = (string)Assert.Single(page.Descendants(), static e => (string?)e.Attribute("http-equiv") == "Content-Security-Policy").Attribute("content")!;
        foreach (string kind in (string[])["script", "style"])
        {
            string hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Single(page, kind).Value)));
            Assert.Contains($"{kind}-src 'sha256-{hash}'", policy, StringComparison.Ordinal);
        }

        return page;
    }

    private string Run(int? expected, params string[] arguments)
    {
        using StringWriter error = new();
        int code = VmbusCommandLine.Run(arguments, TextWriter.Null, error);
        Assert.True(expected is null ? code is 0 or 1 : code == expected, $"{code}: {error}");
        return error.ToString();
    }
}
