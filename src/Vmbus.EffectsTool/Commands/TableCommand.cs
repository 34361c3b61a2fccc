using System.CommandLine;
using Vmbus.EffectsTool.Effects;
using Vmbus.EffectsTool.Table;
using Vmbus.Gen.Analyzers.Irql.Effects;

namespace Vmbus.EffectsTool.Commands;

/// <summary><c>table FILE</c>: the table that the analyzers carry.</summary>
internal static class TableCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The table to write: analyzers/Vmbus.Gen.Analyzers/Irql/Effects/framework.effects." };
        Option<DirectoryInfo> framework = Analyses.FrameworkOption();
        var command = new Command("table", "Reads a shared framework and writes how its public members block, for the analyzers to carry.") { file, framework };
        command.SetAction(result =>
        {
            string folder = Analyses.FolderOf(result, framework);
            using FrameworkAnalysis analysis = Analyses.OfFramework(folder);
            byte[] table = Write(analysis, FrameworkFolder.NameOf(folder));
            File.WriteAllBytes(result.GetRequiredValue(file).FullName, table);
            Report(analysis, table, result.InvocationConfiguration.Output);
        });
        return command;
    }

    public static byte[] Write(FrameworkAnalysis analysis, string name)
        => EffectsTableWriter.Write(name, analysis.Rows(static _ => true), analysis.Surface.Select(static m => m.Id));

    private static void Report(FrameworkAnalysis analysis, byte[] bytes, TextWriter output)
    {
        var table = new EffectsTable(bytes);
        output.WriteLine($"{table.RunTime}: {table.Count} members in {bytes.Length} bytes, seed {table.Seed}");
        foreach (IGrouping<string, BlockingMember> group in analysis.Surface.Where(static m => m.IsVisible).Select(analysis.Of)
            .GroupBy(SampleCommand.StratumOf)
            .OrderBy(static g => g.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"  {group.Key,-14}{group.Count(),6}");
        }
    }
}
