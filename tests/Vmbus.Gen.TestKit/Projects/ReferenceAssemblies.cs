using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.TestKit.Projects;

/// <summary>What every source under test is compiled against. Loaded once in a process and shared by all compilations.</summary>
public static class ReferenceAssemblies
{
    private const string TargetFramework = "net10.0";

    private static readonly Lazy<ImmutableArray<MetadataReference>> LazyFramework = new(LoadFramework);

    private static readonly Lazy<MetadataReference> LazyVmbus = new(LoadVmbus);

    private static readonly Lazy<ImmutableArray<MetadataReference>> LazyDefault = new(static () => LazyFramework.Value.Add(LazyVmbus.Value));

    /// <summary>The reference assemblies of .NET, without Vmbus.</summary>
    public static ImmutableArray<MetadataReference> Framework => LazyFramework.Value;

    /// <summary>The run time, <c>Vmbus.dll</c>.</summary>
    public static MetadataReference Vmbus => LazyVmbus.Value;

    /// <summary>.NET and the run time.</summary>
    public static ImmutableArray<MetadataReference> Default => LazyDefault.Value;

    private static ImmutableArray<MetadataReference> LoadFramework()
    {
        string[] candidates = [.. PacksOfRunningDotnet(), .. PackOfThisBuild()];
        foreach (string pack in candidates)
        {
            string folder = Path.Combine(pack, "ref", TargetFramework);
            if (Directory.Exists(folder))
            {
                return [.. Directory.EnumerateFiles(folder, "*.dll").Order(StringComparer.Ordinal).Select(static f => MetadataReference.CreateFromFile(f))];
            }
        }

        throw new InvalidOperationException(
            $"The reference assemblies of {TargetFramework} are in none of: {string.Join(", ", candidates)}. "
            + "Run the tests with the dotnet of an SDK, which has them in its packs folder, or build them on this machine.");
    }

    /// <summary>The packs folder of the dotnet that runs us, newest version first.</summary>
    private static IEnumerable<string> PacksOfRunningDotnet()
    {
        // <root>/shared/Microsoft.NETCore.App/<version>/System.Private.CoreLib.dll
        string? root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
        string packs = Path.Combine(root, "packs", "Microsoft.NETCore.App.Ref");
        return Directory.Exists(packs)
            ? Directory.EnumerateDirectories(packs).OrderByDescending(static d => Version.TryParse(Path.GetFileName(d), out Version? v) ? v : new Version(0, 0))
            : [];
    }

    /// <summary>The targeting pack that this assembly was itself built with; the project file records it.</summary>
    private static IEnumerable<string> PackOfThisBuild()
        => typeof(ReferenceAssemblies).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Where(static a => a.Key == "TargetingPack" && !string.IsNullOrEmpty(a.Value))
            .Select(static a => a.Value!);

    private static MetadataReference LoadVmbus()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Vmbus.dll");
        return File.Exists(path)
            ? MetadataReference.CreateFromFile(path)
            : throw new InvalidOperationException($"The run time is not at {path}. A test project gets it by its reference to Vmbus.Gen.TestKit.");
    }
}
