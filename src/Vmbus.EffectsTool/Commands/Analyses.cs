using System.CommandLine;
using Vmbus.EffectsTool.Effects;

namespace Vmbus.EffectsTool.Commands;

/// <summary>The option that says which framework to read.</summary>
internal static class Analyses
{
    public static Option<DirectoryInfo> FrameworkOption() => new("--framework")
    {
        Description = "The folder of a shared framework. Without it: that of the run time that runs this tool.",
    };

    public static string FolderOf(ParseResult result, Option<DirectoryInfo> framework) => result.GetValue(framework)?.FullName ?? FrameworkFolder.Default;

    public static FrameworkAnalysis OfFramework(string folder) => FrameworkAnalysis.Load(FrameworkFolder.Assemblies(folder));
}
