using System.CommandLine;
using Vmbus.EffectsTool.Effects;
using Vmbus.EffectsTool.Metadata;
using Vmbus.Gen.Analyzers.Irql.Effects;

namespace Vmbus.EffectsTool.Commands;

/// <summary><c>assembly FILE... -o vmbus-effects.txt</c>: how the members of a library block, for the analyzers of those who use it.</summary>
internal static class AssemblyCommand
{
    public static Command Create()
    {
        var files = new Argument<FileInfo[]>("FILE") { Description = "The assemblies to write of.", Arity = ArgumentArity.OneOrMore };
        var output = new Option<FileInfo>("--output", "-o") { Description = "The additional file to write: vmbus-effects.txt.", Required = true };
        var references = new Option<DirectoryInfo[]>("--reference") { Description = "Folders with further assemblies that these call.", AllowMultipleArgumentsPerToken = true };
        Option<DirectoryInfo> framework = Analyses.FrameworkOption();
        var command = new Command("assembly", "Writes how the public members of assemblies block, as an additional file for the analyzers.") { files, output, references, framework };
        command.SetAction(result =>
        {
            FileInfo[] assemblies = result.GetRequiredValue(files);
            string[] paths =
            [
                .. assemblies.Select(static f => f.FullName),
                .. (result.GetValue(references) ?? []).SelectMany(static d => FrameworkFolder.Assemblies(d.FullName)),
                .. FrameworkFolder.Assemblies(Analyses.FolderOf(result, framework)),
            ];
            using FrameworkAnalysis analysis = FrameworkAnalysis.Load(paths);
            HashSet<string> names = [.. assemblies.Select(static f => Path.GetFileNameWithoutExtension(f.Name))];
            File.WriteAllLines(result.GetRequiredValue(output).FullName, Lines(analysis, names));
        });
        return command;
    }

    /// <summary>The lines of the file, sorted by id.</summary>
    public static IEnumerable<string> Lines(FrameworkAnalysis analysis, IReadOnlySet<string> assemblies)
    {
        yield return $"# How the members of {string.Join(", ", assemblies.Order(StringComparer.Ordinal))} block: [wait|io|monitor|none] [may] [?condition] id";
        foreach ((string id, BlockingMember member) in analysis.Rows(f => assemblies.Contains(f.Name)))
        {
            yield return EffectLine.Write(id, member);
        }
    }
}
