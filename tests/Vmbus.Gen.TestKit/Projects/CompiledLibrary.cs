using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Emit;

namespace Vmbus.Gen.TestKit.Projects;

/// <summary>A project that other projects reference: compiled with what its generators added.</summary>
public sealed class CompiledLibrary
{
    private readonly byte[] _image;

    private CompiledLibrary(byte[] image, MetadataReference reference)
    {
        _image = image;
        Reference = reference;
    }

    /// <summary>Its reference assembly, as a build hands it to the compiler: without private members and bodies.</summary>
    public MetadataReference Reference { get; }

    /// <summary>The assembly itself, to be loaded.</summary>
    public Stream OpenImage() => new MemoryStream(_image, writable: false);

    public static CompiledLibrary Of(string source, string assemblyName = "Library") => Of(TestProject.Of(source) with { AssemblyName = assemblyName });

    /// <summary>Compiles a project; fails if it has errors.</summary>
    public static CompiledLibrary Of(TestProject project)
    {
        Compilation compilation = CompiledProject.Compile(project).Compilation;
        byte[] image = Emit(compilation, new EmitOptions());
        byte[] reference = Emit(compilation, new EmitOptions(metadataOnly: true, includePrivateMembers: false));
        return new CompiledLibrary(image, MetadataReference.CreateFromImage(reference));
    }

    private static byte[] Emit(Compilation compilation, EmitOptions options)
    {
        using MemoryStream stream = new();
        EmitResult result = compilation.Emit(stream, options: options);
        return result.Success
            ? stream.ToArray()
            : throw new VerificationFailedException("The library does not compile:\n  " + string.Join("\n  ", result.Diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error)));
    }
}
