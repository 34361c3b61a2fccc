using System.Reflection;

namespace Vmbus.Gen.Package.Tests;

/// <summary>Where this repository lies and how these tests were built.</summary>
internal static class Repository
{
    public static string Root { get; } = Metadata("RepositoryRoot");

    public static string Configuration { get; } = Metadata("Configuration");

    /// <summary>The folder that nuget.config adds as a source.</summary>
    public static string Feed { get; } = Path.Combine(Root, "artifacts-feed");

    /// <summary>Where this build has the packages of others.</summary>
    public static string PackageFolder { get; } = Metadata("PackageFolder");

    public static string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    private static string Metadata(string key)
        => typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
