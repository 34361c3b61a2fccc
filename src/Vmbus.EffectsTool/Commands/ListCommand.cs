using System.CommandLine;
using Vmbus.EffectsTool.Effects;
using Vmbus.EffectsTool.Metadata;
using Vmbus.Gen.Analyzers.Irql.Effects;

namespace Vmbus.EffectsTool.Commands;

/// <summary><c>list</c>: what the table says, as text, with the way to what blocks.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        Option<DirectoryInfo> framework = Analyses.FrameworkOption();
        var all = new Option<bool>("--may") { Description = "Members that may block, too." };
        var command = new Command("list", "Lists the public members that block, each with the shortest way to what blocks.") { framework, all };
        command.SetAction(result =>
        {
            using FrameworkAnalysis analysis = Analyses.OfFramework(Analyses.FolderOf(result, framework));
            foreach (MethodNode method in analysis.Surface)
            {
                BlockingMember member = analysis.Of(method);
                if (member.Category != BlockingCategory.None && (member.Grade == BlockingGrade.Does || result.GetValue(all)))
                {
                    result.InvocationConfiguration.Output.WriteLine($"{CallWay.Verdict(member)} {method.Id} => {CallWay.Short(analysis, method)}");
                }
            }
        });
        return command;
    }
}
