using System.Text.Json;
using Vmbus.Ring;
using Vmbus.Tool;

namespace Vmbus.Tests.Tool;

public sealed class RingCommandTests : IDisposable
{
    private static readonly string GoldenFolder = Path.Combine(AppContext.BaseDirectory, "Golden");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("vmbus-tool-");
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    private string Ring => Path.Combine(_folder.FullName, "ring");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Check_passes_for_the_recorded_vectors()
    {
        Assert.Equal(0, Run("ring", "check", GoldenFolder));
        Assert.Equal("90 passed, 0 failed\n", Output);
    }

    [Fact]
    public void Check_names_what_differs_and_fails()
    {
        foreach (string id in (string[])["001-len0", "009-len8", "010-len9"])
        {
            File.Copy(Path.Combine(GoldenFolder, id + ".bin"), Path.Combine(_folder.FullName, id + ".bin"));
            string json = File.ReadAllText(Path.Combine(GoldenFolder, id + ".json"));
            File.WriteAllText(Path.Combine(_folder.FullName, id + ".json"), id == "009-len8" ? json.Replace("\"length8\": 3", "\"length8\": 4", StringComparison.Ordinal) : json);
        }

        Assert.Equal(1, Run("ring", "check", _folder.FullName));
        Assert.Equal("FAILED 009-len8.json: operation 1 (recv): length8: expected 4, actual 3\n2 passed, 1 failed\n", Output);
    }

    [Fact]
    public void Check_fails_where_there_is_nothing_to_check()
    {
        Assert.Equal(65, Run("ring", "check", _folder.FullName));
        Assert.Contains("There is no golden vector (NNN-name.json) in ", Error, StringComparison.Ordinal);
        Assert.Equal(66, Run("ring", "check", Path.Combine(_folder.FullName, "missing")));
        Assert.Contains("There is no folder ", Error, StringComparison.Ordinal);
        File.WriteAllText(Ring, "");
        Assert.Equal(66, Run("ring", "check", Ring));
        Assert.Contains($"{Ring} is a file; name the folder", Error, StringComparison.Ordinal);
        Assert.Equal("", Output);
    }

    [Fact]
    public void What_is_sent_is_shown_and_received()
    {
        RingMemory.CreateFile(Ring, 4096).Dispose();

        Assert.Equal(0, Run("ring", "send", Ring, "--type", "6", "--flags", "1", "--xid", "0xabc", "--payload", "0102030405"));
        Assert.Equal("sent 32 bytes at 0; free: 4064; signal the reader: yes\n", Output);
        Assert.Equal(0, Run("ring", "send", Ring, "--type", "datausinggpadirect", "--xid", "7", "--header", "000000000100000000020000800000008967452301000000"));
        Assert.Equal("sent 48 bytes at 32; free: 4016; signal the reader: no\n", Output);

        Assert.Equal(0, Run("ring", "show", Ring));
        string[] lines = Output.Split('\n');
        Assert.Contains(lines, line => Words(line).StartsWith("write index 80", StringComparison.Ordinal));
        Assert.Contains(lines, line => Words(line).StartsWith("free 4016", StringComparison.Ordinal));
        Assert.Contains(lines, line => Words(line) == "0 0 6 DataInBand 0x1 completion requested 0xabc 32 8: 0102030405000000");
        Assert.Contains(lines, line => Words(line) == "1 32 9 DataUsingGpaDirect 0x0 0x7 48 512 bytes from 0x80 of page 0x123456789 0:");
        Assert.Contains("2 packets", lines);

        Assert.Equal(0, Run("ring", "receive", Ring));
        Assert.Equal(
            "received 32 bytes at 0\ntype: 6 DataInBand\nflags: 0x1 completion requested\nxid: 0xabc\nextended header: \npayload: 0102030405000000\nsignal the writer: no\n",
            Output);
        Assert.Equal(0, Run("ring", "receive", Ring));
        Assert.Equal(2, Run("ring", "receive", Ring));
        Assert.Equal("vmbus: The ring is empty.\n", Error);
    }

    [Fact]
    public void The_other_side_may_be_anybody()
    {
        using RingMemory memory = RingMemory.CreateFile(Ring, 4096);
        using var reader = new RingReader(memory);
        using var writer = new RingWriter(memory);
        writer.EnableFlowControl();

        Assert.Equal(0, Run("ring", "send", Ring, "--xid", "18446744073709551615", "--payload", "ff"));
        Assert.Equal(RingReadStatus.Success, reader.TryRead(out RingPacket packet));
        Assert.Equal((PacketType.DataInBand, ulong.MaxValue, 8), (packet.Type, packet.TransactionId, packet.PayloadLength));
    }

    [Fact]
    public void A_full_ring_and_a_packet_that_never_fits_are_told_apart()
    {
        RingMemory.CreateFile(Ring, 4096).Dispose();
        string large = new('0', 2 * (4096 - 32));

        Assert.Equal(0, Run("ring", "send", Ring, "--payload", large));
        Assert.Equal(2, Run("ring", "send", Ring, "--payload", "00"));
        Assert.Equal("vmbus: The ring is full: the packet takes 32 bytes, and less than the 8 that are free would fit.\n", Error);
        Assert.Equal(1, Run("ring", "send", Ring, "--payload", large + "00"));
        Assert.Contains("can never fit: with this extended header the payload has at most 4064 bytes", Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_not_trusted()
    {
        using (RingMemory memory = RingMemory.CreateFile(Ring, 4096))
        using (var writer = new RingWriter(memory))
        {
            writer.TryWrite(PacketType.DataInBand, PacketFlags.None, 1, default);
            writer.TryWrite(PacketType.DataInBand, PacketFlags.None, 2, default);
            writer.Publish();
            memory.Data[24 + 4] = 99;
        }

        Assert.Equal(1, Run("ring", "show", Ring));
        Assert.Contains("1 packet\nCorrupt: The length8 of the packet at 24 is 99 (0x63); expected at most 2", Output, StringComparison.Ordinal);
        Assert.Equal(0, Run("ring", "receive", Ring));
        Assert.Equal(1, Run("ring", "receive", Ring));
        Assert.StartsWith("vmbus: The length8 of the packet at 24 is 99", Error, StringComparison.Ordinal);

        using (RingMemory memory = RingMemory.MapFile(Ring))
        {
            RingControlPage page = memory.ControlPage;
            page.ReadIndex = 5;
        }

        Assert.Equal(1, Run("ring", "show", Ring));
        Assert.Contains("Corrupt: The read index is 5 (0x5)", Output, StringComparison.Ordinal);
        Assert.Equal(1, Run("ring", "send", Ring));
        Assert.StartsWith("vmbus: The read index is 5 (0x5)", Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Random_files_are_shown_or_refused_but_never_break_the_tool()
    {
        var random = new Random(3);
        for (int i = 0; i < 60; i++)
        {
            byte[] image = new byte[8192];
            random.NextBytes(image.AsSpan(4096, random.Next(4096)));
            BitConverter.TryWriteBytes(image, random.Next(515) * 8);
            BitConverter.TryWriteBytes(image.AsSpan(4), random.Next(515) * 8);
            File.WriteAllBytes(Ring, image);

            Assert.InRange(Run("ring", "show", Ring), 0, 1);
            Assert.Equal(image, File.ReadAllBytes(Ring));
        }
    }

    [Theory]
    [InlineData("\"z\" is not a number from 0 to 65535", "--type", "z")]
    [InlineData("\"65536\" is not a number from 0 to 65535", "--flags", "65536")]
    [InlineData("\"0x10000000000000000\" is not a number", "--xid", "0x10000000000000000")]
    [InlineData("\"123\" is not hexadecimal", "--payload", "123")]
    [InlineData("\"gg\" is not hexadecimal", "--payload", "gg")]
    [InlineData("An extended header is a multiple of 8 bytes; this one has 4", "--header", "01020304")]
    public void Wrong_arguments_are_named(string message, params string[] arguments)
    {
        RingMemory.CreateFile(Ring, 4096).Dispose();

        Assert.Equal(64, Run(["ring", "send", Ring, .. arguments]));
        Assert.Contains(message, Error, StringComparison.Ordinal);
        Assert.Equal(2, Run("ring", "receive", Ring));
    }

    [Fact]
    public void A_file_that_is_missing_or_no_ring_is_named()
    {
        foreach (string command in (string[])["show", "send", "receive"])
        {
            Assert.Equal(66, Run("ring", command, Ring));
            Assert.Equal($"vmbus: There is no file {Ring}. Check the name, or create it first.\n", Error);
            Assert.Equal(66, Run("ring", command, _folder.FullName));
            Assert.Contains("is a folder; name a file in it", Error, StringComparison.Ordinal);
            Assert.Equal(64, Run("ring", command));
            Assert.Contains("Required argument 'FILE' missing", Error, StringComparison.Ordinal);
        }

        File.WriteAllBytes(Ring, new byte[5000]);
        foreach (string command in (string[])["show", "send", "receive"])
        {
            Assert.Equal(65, Run("ring", command, Ring));
            Assert.Contains($"{Ring} has 5000 bytes, which is not the length of a ring", Error, StringComparison.Ordinal);
            Assert.Equal("", Output);
        }
    }

    [Fact]
    public void Without_a_command_and_with_a_wrong_one_the_usage_is_shown()
    {
        foreach (string[] arguments in (string[][])[[], ["ring"], ["rings"], ["ring", "check", "a", "b"], ["ring", "show", Ring, "--colour"]])
        {
            Assert.Equal(64, Run(arguments));
            Assert.NotEqual("", Error);
            Assert.Contains("vmbus", Output + Error, StringComparison.OrdinalIgnoreCase);
        }

        foreach (string[] arguments in (string[][])[["--help"], ["ring", "--help"], ["ring", "check", "-h"], ["ring", "show", "-?"], ["ring", "send", "--help"], ["ring", "receive", "--help"], ["header", "--help"]])
        {
            Assert.Equal(0, Run(arguments));
            Assert.Contains("Usage:", Output, StringComparison.Ordinal);
            Assert.Equal("", Error);
        }
    }

    [Fact]
    public void Reports_are_JSON_where_that_is_asked_for()
    {
        RingMemory.CreateFile(Ring, 4096).Dispose();
        Assert.Equal(0, Run("ring", "send", Ring, "--flags", "1", "--xid", "0xffffffffffffffff", "--payload", "0102030405", "--json"));
        JsonElement sent = Json();
        Assert.Equal((32, 0, 4064, true), (sent.GetProperty("bytes").GetInt32(), sent.GetProperty("start").GetInt32(), sent.GetProperty("bytesFree").GetInt32(), sent.GetProperty("signalReader").GetBoolean()));

        Assert.Equal(0, Run("ring", "show", Ring, "--json"));
        JsonElement ring = Json();
        Assert.Equal((4096, 32, 4064), (ring.GetProperty("dataSize").GetInt32(), ring.GetProperty("bytesInUse").GetInt32(), ring.GetProperty("bytesFree").GetInt32()));
        Assert.Equal(32, ring.GetProperty("controlPage").GetProperty("writeIndex").GetInt32());
        Assert.Equal(JsonValueKind.Null, ring.GetProperty("corruption").ValueKind);
        JsonElement packet = Assert.Single(ring.GetProperty("packets").EnumerateArray());
        Assert.Equal(("DataInBand", "0xffffffffffffffff", "0102030405000000"), (packet.GetProperty("typeName").GetString(), packet.GetProperty("transactionId").GetString(), packet.GetProperty("payload").GetString()));

        Assert.Equal(0, Run("ring", "receive", Ring, "--json"));
        Assert.Equal(packet.GetRawText().ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal), Json().GetProperty("packet").GetRawText().ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(2, Run("ring", "receive", Ring, "--json"));
        Assert.Equal(("", "vmbus: The ring is empty.\n"), (Output, Error));

        Assert.Equal(0, Run("ring", "check", GoldenFolder, "--json"));
        Assert.Equal((90, 0), (Json().GetProperty("passed").GetInt32(), Json().GetProperty("failed").GetInt32()));
    }

    [Fact]
    public void What_is_wrong_with_a_vector_is_in_the_JSON_report()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "001-broken.json"), "{ \"schema\": 1");
        Assert.Equal(1, Run("ring", "check", _folder.FullName, "--json"));
        JsonElement failure = Assert.Single(Json().GetProperty("failures").EnumerateArray());
        Assert.Equal(("001-broken.json", "reading"), (failure.GetProperty("file").GetString(), failure.GetProperty("operation").GetString()));
    }

    [Fact]
    public void What_is_no_terminal_gets_no_colours()
    {
        RingMemory.CreateFile(Ring, 4096).Dispose();
        Run("ring", "send", Ring, "--payload", "1b5b316d");
        foreach (string[] arguments in (string[][])[["ring", "show", Ring], ["ring", "show", Ring, "--json"], ["ring", "receive", Ring], ["--help"], ["nonsense"]])
        {
            Run(arguments);
            Assert.DoesNotContain('\x1b', Output + Error);
        }
    }

    private JsonElement Json() => JsonDocument.Parse(Output).RootElement;

    private string Output => _output.ToString().ReplaceLineEndings("\n");

    private string Error => _error.ToString().ReplaceLineEndings("\n");

    private int Run(params string[] arguments)
    {
        _output.GetStringBuilder().Clear();
        _error.GetStringBuilder().Clear();
        return VmbusCommandLine.Run(arguments, _output, _error);
    }

    private static string Words(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
