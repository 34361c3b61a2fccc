using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Vmbus.EffectsTool.Metadata;

/// <summary>Assemblies that are read together: a framework, or a user's assembly with what it references.</summary>
internal sealed class AssemblySet : IDisposable
{
    private readonly Dictionary<string, AssemblyFile> _byName = new(StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    private AssemblySet()
    {
    }

    /// <summary>All that were loaded, by name.</summary>
    public IReadOnlyList<AssemblyFile> Files { get; private set; } = [];

    /// <summary>Loads assemblies; of two with one name the first counts. Files that are no assemblies are left out.</summary>
    public static AssemblySet Load(IEnumerable<string> paths)
    {
        var set = new AssemblySet();
        foreach (string path in paths)
        {
            var image = new PEReader(ImmutableArray.Create(File.ReadAllBytes(path)));
            if (!IsAssembly(image) || !set.TryAdd(image, path))
            {
                image.Dispose();
            }
        }

        set.Files = [.. set._byName.Values.OrderBy(static f => f.Name, StringComparer.Ordinal)];
        return set;
    }

    /// <summary>The name of the assembly in a file; null if it is none, or another with its name came first.</summary>
    public string? NameOf(string path) => _names.GetValueOrDefault(path);

    public AssemblyFile? Find(string name) => _byName.GetValueOrDefault(name);

    public void Dispose()
    {
        foreach (AssemblyFile file in Files)
        {
            file.Dispose();
        }
    }

    private static bool IsAssembly(PEReader image)
    {
        try
        {
            return image.HasMetadata && image.GetMetadataReader().IsAssembly;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }

    private bool TryAdd(PEReader image, string path)
    {
        var file = new AssemblyFile(this, image);
        return _byName.TryAdd(file.Name, file) && _names.TryAdd(path, file.Name);
    }
}
