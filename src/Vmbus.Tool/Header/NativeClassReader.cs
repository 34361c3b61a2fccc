using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Vmbus.Tool.Header;

/// <summary>Finds the classes with native entry points in an assembly, which is read and never loaded.</summary>
internal static class NativeClassReader
{
    private const string Generator = "Vmbus.Gen";

    /// <summary>The classes, in the order of their names.</summary>
    /// <exception cref="ToolException">The file is no assembly, or its entry points are not those that this version knows.</exception>
    public static IReadOnlyList<NativeClass> Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        try
        {
            using PEReader image = new(file);
            if (!image.HasMetadata)
            {
                throw NoAssembly(path, null);
            }

            MetadataReader reader = image.GetMetadataReader();
            return
            [
                .. reader.TypeDefinitions
                    .Select(handle => ReadClass(path, reader, handle))
                    .OfType<NativeClass>()
                    .OrderBy(static c => c.Name, StringComparer.Ordinal),
            ];
        }
        catch (BadImageFormatException e)
        {
            throw NoAssembly(path, e);
        }
    }

    private static ToolException NoAssembly(string path, Exception? cause)
        => new(ExitCode.DataError, $"{path} is no .NET assembly. Name the .dll that the project with the handlers was built to.", cause);

    /// <summary>The entry points stand in a nested class that the generator has made.</summary>
    private static NativeClass? ReadClass(string path, MetadataReader reader, TypeDefinitionHandle handle)
    {
        TypeDefinition type = reader.GetTypeDefinition(handle);
        if (type.GetDeclaringType().IsNil || !IsGenerated(reader, type))
        {
            return null;
        }

        Dictionary<string, string> symbols = [];
        Dictionary<string, string> signatures = [];
        foreach (MethodDefinitionHandle methodHandle in type.GetMethods())
        {
            MethodDefinition method = reader.GetMethodDefinition(methodHandle);
            if (SymbolOf(reader, method) is { } symbol)
            {
                string name = reader.GetString(method.Name);
                symbols.Add(name, symbol);
                signatures.Add(name, SignatureText.Of(method.DecodeSignature(SignatureText.Instance, null)));
            }
        }

        if (symbols.Count == 0)
        {
            return null;
        }

        string className = MetadataNames.Of(reader, type.GetDeclaringType());
        List<NativeEntryPoint> entryPoints = [];
        foreach ((string callback, _, string expected) in CallbackSignatures.All)
        {
            if (!signatures.Remove(callback, out string? signature) || signature != expected)
            {
                throw OtherVersion(path, className, callback, signature, expected);
            }

            entryPoints.Add(new NativeEntryPoint(callback, symbols[callback]));
        }

        return signatures.Count == 0 ? new NativeClass(className, entryPoints) : throw OtherVersion(path, className, signatures.Keys.First(), signatures.Values.First(), null);
    }

    private static ToolException OtherVersion(string path, string className, string callback, string? signature, string? expected)
        => new(ExitCode.DataError, $"{path}: the entry point {callback} of {className} is {signature ?? "missing"}; this vmbus knows {(expected is null ? "no such one" : expected)}. Use the vmbus of the version of Vmbus.Gen that built the assembly.");

    private static bool IsGenerated(MetadataReader reader, TypeDefinition type)
        => MetadataNames.Find(reader, type.GetCustomAttributes(), "System.CodeDom.Compiler.GeneratedCodeAttribute") is { } attribute
            && attribute.DecodeValue(SignatureText.Instance).FixedArguments is [{ Value: Generator }, ..];

    private static string? SymbolOf(MetadataReader reader, MethodDefinition method)
    {
        if (MetadataNames.Find(reader, method.GetCustomAttributes(), "System.Runtime.InteropServices.UnmanagedCallersOnlyAttribute") is not { } attribute)
        {
            return null;
        }

        foreach (CustomAttributeNamedArgument<string> argument in attribute.DecodeValue(SignatureText.Instance).NamedArguments)
        {
            if (argument is { Name: "EntryPoint", Value: string symbol })
            {
                return symbol;
            }
        }

        return null;
    }
}
