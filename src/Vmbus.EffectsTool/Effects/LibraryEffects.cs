using Vmbus.EffectsTool.Metadata;
using Vmbus.Gen.Analyzers.Irql.Effects;

namespace Vmbus.EffectsTool.Effects;

/// <summary>The additional file vmbus-effects.txt of a library: how its public members block, for the analyzers of those who use it.</summary>
internal static class LibraryEffects
{
    /// <summary>Reads assemblies from their IL and writes how their members block.</summary>
    /// <param name="assemblies">The assemblies to write of.</param>
    /// <param name="references">Further assemblies that these call, or folders of such.</param>
    /// <param name="framework">The folder of the shared framework.</param>
    /// <returns>The lines of the file, the members sorted by id.</returns>
    /// <exception cref="InvalidDataException">One of <paramref name="assemblies"/> is no assembly of .NET.</exception>
    public static IReadOnlyList<string> Write(IReadOnlyCollection<string> assemblies, IEnumerable<string> references, string framework)
    {
        using AssemblySet set = AssemblySet.Load([.. assemblies, .. references.SelectMany(static r => Directory.Exists(r) ? FrameworkFolder.Assemblies(r) : [r]), .. FrameworkFolder.Assemblies(framework)]);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (string assembly in assemblies)
        {
            names.Add(set.NameOf(assembly) ?? throw new InvalidDataException($"{assembly} is no assembly of .NET. Name the dll that the build of a library has made."));
        }

        using FrameworkAnalysis analysis = FrameworkAnalysis.Of(set);

        return
        [
            $"# How the members of {string.Join(", ", names.Order(StringComparer.Ordinal))} block: [wait|io|monitor|none] [may] [?condition] id",
            .. analysis.Rows(f => names.Contains(f.Name)).Select(static r => EffectLine.Write(r.Key, r.Value)),
        ];
    }
}
