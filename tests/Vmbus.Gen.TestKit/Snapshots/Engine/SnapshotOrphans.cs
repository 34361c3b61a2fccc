using System.Reflection;

namespace Vmbus.Gen.TestKit.Snapshots.Engine;

/// <summary>Verified files that no test compares any more.</summary>
public static class SnapshotOrphans
{
    /// <summary>Fails if a verified file below a folder belongs to no method, or to no such parameters, of the tests.</summary>
    public static void Verify(Assembly tests, string folder)
    {
        ILookup<string, MethodInfo> methods = tests.GetTypes()
            .SelectMany(static t => t.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .ToLookup(static m => $"{m.DeclaringType!.Name}.{m.Name}");

        string[] orphans =
        [
            .. Directory.EnumerateFiles(folder, "*.verified.*", SearchOption.AllDirectories)
                .Where(f => SnapshotName.TryParse(Path.GetFileName(f)) is not { } name || !methods[$"{name.Class}.{name.Method}"].Any(m => HasParameters(m, name)))
                .Order(StringComparer.Ordinal),
        ];
        if (orphans.Length > 0)
        {
            throw new VerificationFailedException("No test compares these files; delete them or mend the name of the test:\n  " + string.Join("\n  ", orphans));
        }
    }

    private static bool HasParameters(MethodInfo method, SnapshotName name)
        => name.Parameters.Split('_', StringSplitOptions.RemoveEmptyEntries)
            .Where(static p => p.Contains('='))
            .All(p => method.GetParameters().Any(m => m.Name == p[..p.IndexOf('=')]));
}
