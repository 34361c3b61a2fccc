using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.TestKit.Generators;

/// <summary>
/// A compiled project in a load context of its own. The run time is shared with the test, so that what is created in here can be cast to its interfaces.
/// </summary>
public sealed class LoadedAssembly : IDisposable
{
    private readonly CollectibleContext _context = new();

    private LoadedAssembly(Stream image, Stream symbols)
    {
        Assembly = _context.LoadFromStream(image, symbols);
    }

    public Assembly Assembly { get; }

    internal static LoadedAssembly Load(Compilation compilation, TestProject project)
    {
        using MemoryStream image = new();
        using MemoryStream symbols = new();
        ProjectImage.Emit(compilation, project, image, symbols);
        image.Position = 0;
        symbols.Position = 0;
        return new LoadedAssembly(image, symbols);
    }

    /// <summary>A type by its full name.</summary>
    public Type TypeOf(string typeName)
        => Assembly.GetType(typeName) ?? throw new VerificationFailedException(
            $"The assembly has no type {typeName}; it has {string.Join(", ", Assembly.GetTypes().Select(static t => t.FullName))}.");

    /// <summary>An instance of a type with a constructor for these arguments, public or not.</summary>
    public T Create<T>(string typeName, params object?[] arguments)
        where T : class
        => (T)Activator.CreateInstance(TypeOf(typeName), BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, binder: null, arguments, culture: null)!;

    /// <summary>Calls a static method, public or not, and throws what it throws.</summary>
    public object? Invoke(string typeName, string methodName, params object?[] arguments)
        => TypeOf(typeName).InvokeMember(
            methodName,
            BindingFlags.InvokeMethod | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DoNotWrapExceptions,
            binder: null,
            target: null,
            arguments,
            culture: null);

    public void Dispose() => _context.Unload();

    private sealed class CollectibleContext() : AssemblyLoadContext(nameof(LoadedAssembly), isCollectible: true)
    {
        /// <summary>Everything but the assembly itself comes from the context of the test.</summary>
        protected override Assembly? Load(AssemblyName assemblyName) => null;
    }
}
