namespace Vmbus.Gen.Package.Tests.Consuming;

/// <summary>One program under what users' projects say: it builds without a word, twice, and does what it does otherwise.</summary>
[Trait("Category", "Package")]
[Collection(nameof(PackedFeed))]
public sealed class ConsumerMatrixTests(PackedFeed feed) : IDisposable
{
    private readonly ConsumerFolder _folder = new(feed);

    public static TheoryData<string> Ordinary => [.. ConsumerVariants.Ordinary.Keys];

    public static TheoryData<string> Rare => [.. ConsumerVariants.Rare.Keys];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Ordinary))]
    [Trait("Category", "Ci")]
    public Task The_program_builds_and_runs(string variant) => BuildAndRunAsync(ConsumerVariants.Ordinary[variant]);

    [Theory]
    [MemberData(nameof(Rare))]
    [Trait("Category", "Long")]
    public Task The_program_builds_and_runs_also(string variant) => BuildAndRunAsync(ConsumerVariants.Rare[variant]);

    private async Task BuildAndRunAsync(ConsumerVariant variant)
    {
        _folder.WriteProgram(variant);
        (await _folder.BuildAsync("App")).RequireSound(_folder);
        // What the first build wrote is nothing that the second one compiles.
        (await _folder.BuildAsync("App", "--no-restore", "--no-incremental")).RequireSound(_folder);

        DotnetCommand run = (await _folder.RunAsync(_folder.PathOf($"App/{variant.Output}/App.dll"))).RequireSuccess();
        Assert.Equal(ConsumerFolder.ProgramOutput, run.Output, ignoreLineEndingDifferences: true);
        Assert.Equal(["App.dll", "Vmbus.dll"], Directory.GetFiles(_folder.PathOf($"App/{variant.Output}"), "*.dll").Select(Path.GetFileName).Where(static f => f != "Friend.dll").Order(StringComparer.Ordinal));
    }
}
