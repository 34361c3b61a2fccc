using System.CommandLine;
using Vmbus.EffectsTool.Effects;

namespace Vmbus.EffectsTool.Commands;

/// <summary><c>assembly FILE... -o vmbus-effects.txt</c>: how the members of a library block, for the analyzers of those who use it.</summary>
internal static class AssemblyCommand
{
    public static Command Create()
    {
        var files = new Argument<FileInfo[]>("FILE") { Description = "The assemblies to write of.", Arity = ArgumentArity.OneOrMore };
        var output = new Option<FileInfo>("--output", "-o") { Description = "The additional file to write: vmbus-effects.txt.", Required = true };
        var references = new Option<FileSystemInfo[]>("--reference") { Description = "Further assemblies that these call, or folders of such.", AllowMultipleArgumentsPerToken = true };
        Option<DirectoryInfo> framework = Analyses.FrameworkOption();
        var command = new Command("assembly", "Writes how the public members of assemblies block, as an additional file for the analyzers.") { files, output, references, framework };
        command.SetAction(result =>
        {
            IReadOnlyList<string> lines = LibraryEffects.Write(
                [.. result.GetRequiredValue(files).Select(static f => f.FullName)],
                (result.GetValue(references) ?? []).Select(static r => r.FullName),
                Analyses.FolderOf(result, framework));
            File.WriteAllLines(result.GetRequiredValue(output).FullName, lines);
        });
        return command;
    }
}
