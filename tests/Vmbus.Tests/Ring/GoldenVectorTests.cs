using System.Text.Json;
using Vmbus.Tool.Golden;

namespace Vmbus.Tests.Ring;

/// <summary>The recorded vectors, replayed through the public surface of the rings.</summary>
public sealed class GoldenVectorTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Golden");

    public static TheoryData<string> Vectors => new(GoldenVector.Find(Folder).Select(file => Path.GetFileName(file)));

    [Theory]
    [MemberData(nameof(Vectors))]
    public void The_engine_does_what_was_recorded(string file)
    {
        GoldenOutcome outcome = GoldenReplay.Run(Path.Combine(Folder, file));

        Assert.Empty(outcome.Failures);
        Assert.Empty(outcome.Unchecked);
    }

    [Fact]
    public void Every_vector_of_the_index_is_there()
    {
        using JsonDocument index = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "index.json")));
        string[] listed = [.. index.RootElement.GetProperty("cases").EnumerateArray().Select(entry => entry.GetProperty("id").GetString() + ".json")];

        Assert.Equal(listed.Order(StringComparer.Ordinal), GoldenVector.Find(Folder).Select(file => Path.GetFileName(file)));
        Assert.Equal(90, listed.Length);
    }

    [Theory]
    [InlineData("\"result\": \"ok\"", "\"result\": \"would_block\"", "operation 0 (send): result: expected would_block, actual ok")]
    [InlineData("\"need_signal\": true", "\"need_signal\": false", "operation 0 (send): need_signal: expected false, actual true")]
    [InlineData("\"signal\": false", "\"signal\": true", "operation 1 (recv): signal: expected true, actual false")]
    [InlineData("\"bytes_consumed\": 32", "\"bytes_consumed\": 40", "operation 1 (recv): bytes_consumed: expected 40, actual 32")]
    [InlineData("\"length8\": 3", "\"length8\": 4", "operation 1 (recv): length8: expected 4, actual 3")]
    [InlineData("\"available_write\": 4064", "\"available_write\": 4056", "operation 0 (send): available_write: expected 4056, actual 4064")]
    [InlineData("\"xid\": \"0x0000000000001008\",\n    \"header\"", "\"xid\": \"0x1009\",\n    \"header\"", "operation 1 (recv): xid: expected 4105, actual 4104")]
    [InlineData("\"header\": \"06", "\"header\": \"07", "operation 1 (recv): header: expected 07")]
    [InlineData("\"final\": {\n  \"write_index\": 32", "\"final\": {\n  \"write_index\": 40", "final state: write_index: expected 40, actual 32")]
    [InlineData("\"op\": \"recv\"", "\"op\": \"unheard-of\"", "the operation is not known")]
    [InlineData("golden/1", "golden/2", "only \"vmbus-ring-golden/1\" is understood")]
    [InlineData("\"data_size\": 4096", "\"data_size\": 4095", "The data area of a ring is a multiple of 4096 bytes")]
    [InlineData("{", "", "reading: vector: expected a vector in the format vmbus-ring-golden/1")]
    public void A_changed_vector_fails(string original, string changed, string failure)
    {
        GoldenOutcome outcome = ReplayChanged("009-len8", json => ReplaceFirst(json, original, changed), image => { });

        Assert.Contains(failure, string.Join('\n', outcome.Failures), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4095)]
    [InlineData(4096 + 16)]
    [InlineData(8191)]
    public void A_changed_image_fails(int offset)
    {
        GoldenOutcome outcome = ReplayChanged("009-len8", json => json, image => image[offset] ^= 1);

        Assert.Contains(outcome.Failures, failure => failure.Field == $"image at offset {offset}");
        Assert.Contains(outcome.Failures, failure => failure.Field == "sha256 of 009-len8.bin");
    }

    [Fact]
    public void What_the_format_does_not_define_is_reported_as_unchecked()
    {
        GoldenOutcome outcome = ReplayChanged("009-len8", json => ReplaceFirst(json, "\"expect\": {", "\"expect\": {\n    \"colour\": 1,"), image => { });

        Assert.True(outcome.Passed);
        Assert.Equal(["009-len8.json: operation 0 (send): colour"], outcome.Unchecked);
    }

    private static GoldenOutcome ReplayChanged(string id, Func<string, string> changeJson, Action<byte[]> changeImage)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("vmbus-golden-");
        try
        {
            string json = Path.Combine(folder.FullName, id + ".json");
            File.WriteAllText(json, changeJson(File.ReadAllText(Path.Combine(Folder, id + ".json"))));
            byte[] image = File.ReadAllBytes(Path.Combine(Folder, id + ".bin"));
            changeImage(image);
            File.WriteAllBytes(Path.Combine(folder.FullName, id + ".bin"), image);
            return GoldenReplay.Run(json);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string ReplaceFirst(string text, string original, string changed)
    {
        int position = text.IndexOf(original, StringComparison.Ordinal);
        Assert.True(position >= 0, $"The vector does not contain {original}.");
        return string.Concat(text.AsSpan(0, position), changed, text.AsSpan(position + original.Length));
    }
}
