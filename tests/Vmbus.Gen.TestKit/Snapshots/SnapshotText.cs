using System.Text.RegularExpressions;

namespace Vmbus.Gen.TestKit.Snapshots;

/// <summary>What is taken out of generated text before it is compared, whoever compares it.</summary>
public static partial class SnapshotText
{
    [GeneratedRegex("""(?<before>\bGeneratedCode(?:Attribute)?\("[^"]*", ")[^"]*(?="\))""")]
    private static partial Regex GeneratedCodeVersion { get; }

    /// <summary>Takes the version out of <c>[GeneratedCode("tool", "version")]</c>: a release is no change of the generated code.</summary>
    public static string ScrubVersion(string line) => GeneratedCodeVersion.Replace(line, "${before}{version}");
}
