using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Generator.Benchmarks;

/// <summary>A project as users have them: many files of which some hold a class of handlers, and one that is being edited.</summary>
internal sealed class HandlerProject
{
    private const int MethodsPerFile = 10;

    private readonly SyntaxTree[] _trees;

    public HandlerProject(int files, int classes, int handlers)
    {
        Handlers = classes * handlers;
        _trees =
        [
            Parse("Messages.cs", "namespace Demo;\n\npublic struct Request { public uint Type, Value; public ulong Id; }\n\npublic struct Response { public uint Type, Status; }\n"),
            .. Enumerable.Range(0, files).Select(i => Parse(
                Invariant($"File{i}.cs"),
                i < classes ? HandlerFile(i, handlers, edit: 0) : PlainFile(i, EditKind.Body, edit: 0))),
        ];
        Compilation = CSharpCompilation.Create("Demo", _trees, ReferenceAssemblies.Default, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Files = files;
        Classes = classes;
        HandlersPerClass = handlers;
    }

    public enum EditKind
    {
        /// <summary>In the body of a method of a file without handlers.</summary>
        Body,

        /// <summary>A method more or less in a file without handlers.</summary>
        Declaration,

        /// <summary>In the body of a handler.</summary>
        HandlerBody,

        /// <summary>The name of a handler.</summary>
        HandlerName,
    }

    public int Handlers { get; }

    public int Files { get; }

    public int Classes { get; }

    public int HandlersPerClass { get; }

    public CSharpCompilation Compilation { get; }

    /// <summary>The edited tree; each edit gives another text.</summary>
    public SyntaxTree Edited(EditKind kind, int edit) => kind switch
    {
        EditKind.Body or EditKind.Declaration => Parse(_trees[^1].FilePath, PlainFile(Files - 1, kind, edit)),
        EditKind.HandlerBody => Parse(_trees[1].FilePath, HandlerFile(0, HandlersPerClass, edit)),
        _ => Parse(_trees[1].FilePath, HandlerFile(0, HandlersPerClass, 0).Replace("void On0(", Invariant($"void On0_{edit}("), StringComparison.Ordinal)),
    };

    /// <summary>Where the edited tree lies in the project.</summary>
    public int IndexOf(EditKind kind) => kind is EditKind.Body or EditKind.Declaration ? _trees.Length - 1 : 1;

    private static SyntaxTree Parse(string path, string text) => CSharpSyntaxTree.ParseText(text, path: path);

    private static string HandlerFile(int index, int handlers, int edit)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"using Vmbus;\n\nnamespace Demo;\n\npublic sealed partial class Handlers{index}\n{{\n    private uint _sum;\n");
        for (int i = 0; i < handlers; i++)
        {
            text.Append(i % 3 == 2
                ? Invariant($"\n    [ProcessPacket({i})]\n    private Response On{i}(in Request request) => new() {{ Status = request.Value + {edit} }};\n")
                : Invariant($"\n    [ProcessPacket({i})]\n    private void On{i}(PacketCompletion packet, in Request request)\n    {{\n        _sum += request.Value + {edit};\n        packet.Complete();\n    }}\n"));
        }

        return text.Append("}\n").ToString();
    }

    private static string PlainFile(int index, EditKind kind, int edit)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"using System;\n\nnamespace Demo;\n\npublic class Plain{index}\n{{\n");
        for (int i = 0; i < MethodsPerFile; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"    public int Method{i}(int left, string right)\n    {{\n        return left + right.Length + {(i == 5 && kind == EditKind.Body ? edit : i)};\n    }}\n\n");
        }

        if (kind == EditKind.Declaration)
        {
            text.Append(CultureInfo.InvariantCulture, $"    public void Added{edit}()\n    {{\n    }}\n");
        }

        return text.Append("}\n").ToString();
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
