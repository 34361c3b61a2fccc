using System.Text;

namespace Vmbus.Tool.Header;

/// <summary>Writes the C header: what all headers have, then a declaration and an initializer a class.</summary>
internal static class HeaderWriter
{
    private const string Types = "Vmbus.Tool.Header.kmcl_types.h";

    /// <param name="assemblyName">The file name of the assembly.</param>
    /// <param name="classes">Its classes.</param>
    /// <returns>The text, with line feeds: the same on all machines.</returns>
    public static string Write(string assemblyName, IReadOnlyList<NativeClass> classes)
    {
        StringBuilder text = new();
        text.Append("/* The native entry points of ").Append(InComment(assemblyName)).Append(". Written by vmbus header; changes are lost. C99 or C++. */\n")
            .Append("#pragma once\n\n")
            .Append(ReadTypes())
            .Append("\n#ifdef __cplusplus\nextern \"C\" {\n#endif\n");
        foreach (NativeClass native in classes)
        {
            text.Append("\n/* ").Append(InComment(native.Name)).Append(" */\n");
            foreach ((string callback, string type, _) in CallbackSignatures.All)
            {
                text.Append(type).Append(' ').Append(native.Prefix).Append('_').Append(callback).Append(";\n");
            }

            text.Append("\n/* The table of the class where it is linked in, compiled ahead of time: VMB_CALLBACK_TABLE table = ").Append(native.Prefix).Append("_CALLBACKS; */\n")
                .Append("#define ").Append(native.Prefix).Append("_CALLBACKS { sizeof(VMB_CALLBACK_TABLE), VMB_CALLBACK_TABLE_VERSION");
            foreach (NativeEntryPoint entry in native.EntryPoints)
            {
                text.Append(", \\\n    ").Append(entry.Symbol);
            }

            text.Append(" }\n");
        }

        return text.Append("\n#ifdef __cplusplus\n}\n#endif\n").ToString();
    }

    private static string ReadTypes()
    {
        using Stream stream = typeof(HeaderWriter).Assembly.GetManifestResourceStream(Types)!;
        using StreamReader reader = new(stream, Encoding.ASCII);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    /// <summary>A name may hold anything; in a comment it must not end it.</summary>
    private static string InComment(string name) => string.Concat(name.Select(static c => c is < ' ' or > '~' or '*' or '\\' ? '?' : c));
}
