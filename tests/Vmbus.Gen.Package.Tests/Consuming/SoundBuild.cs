namespace Vmbus.Gen.Package.Tests.Consuming;

/// <summary>What no build with the package may say.</summary>
internal static class SoundBuild
{
    /// <summary>What would mean that the compiler did not load, or the host did not bear, what the package brings.</summary>
    private static readonly string[] SignsOfBadPackaging = ["CS9057", "CS8032", "CS8784", "CS8785", "AD0001", "CS0436", "NU5128", "NU1603", "NU1701"];

    /// <summary>The build succeeded and reported nothing, not even in a log that shows more than the console.</summary>
    public static void RequireSound(this DotnetCommand build, ConsumerFolder folder)
    {
        build.RequireSuccess().RequireSoundPackaging();
        Assert.DoesNotContain("warning ", build.Output, StringComparison.Ordinal);
        string[] logs = Directory.GetFiles(folder.PathOf("."), "results.sarif", SearchOption.AllDirectories);
        Assert.NotEmpty(logs);
        foreach (string log in logs)
        {
            Assert.DoesNotContain(SarifResult.Read(log), static r => r.IsRule || r.Level != "note");
        }
    }

    /// <summary>Whatever else the build reported, the package was right.</summary>
    public static void RequireSoundPackaging(this DotnetCommand build, IReadOnlyList<SarifResult>? results = null)
    {
        foreach (string sign in SignsOfBadPackaging)
        {
            Assert.DoesNotContain(sign, build.Output, StringComparison.Ordinal);
            Assert.DoesNotContain(results ?? [], r => r.RuleId == sign);
        }
    }
}
