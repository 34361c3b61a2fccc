namespace Vmbus.Gen.Package.Tests.Consuming;

/// <summary>One way to set up a program that uses the package.</summary>
/// <param name="Properties">Properties of its project.</param>
internal sealed record ConsumerVariant(string Properties = "")
{
    /// <summary>Items of its project.</summary>
    public string Items { get; init; } = """<PackageReference Include="Vmbus.Gen" Version="VERSION" />""";

    /// <summary>Files of its own, by their path; one that is there otherwise is replaced.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>Where the program is, under its project.</summary>
    public string Output { get; init; } = "bin/Debug/net10.0";
}
