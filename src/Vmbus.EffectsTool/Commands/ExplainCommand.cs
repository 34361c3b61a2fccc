using System.CommandLine;
using Vmbus.EffectsTool.Effects;
using Vmbus.EffectsTool.Graph;
using Vmbus.EffectsTool.Metadata;

namespace Vmbus.EffectsTool.Commands;

/// <summary><c>explain MEMBER...</c>: the way over which members block, and all calls of those that do not.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var members = new Argument<string[]>("MEMBER") { Description = "Documentation comment ids; without parameters: all overloads." };
        Option<DirectoryInfo> framework = Analyses.FrameworkOption();
        var command = new Command("explain", "Tells how members block, call by call.") { members, framework };
        command.SetAction(result =>
        {
            using FrameworkAnalysis analysis = Analyses.OfFramework(Analyses.FolderOf(result, framework));
            TextWriter output = result.InvocationConfiguration.Output;
            foreach (string member in result.GetRequiredValue(members))
            {
                Explain(analysis, new MemberPattern(member), output);
            }
        });
        return command;
    }

    private static void Explain(FrameworkAnalysis analysis, MemberPattern pattern, TextWriter output)
    {
        foreach (MethodNode method in analysis.Graph.Methods.Where(m => pattern.Matches(m.Id)))
        {
            output.WriteLine($"{CallWay.Verdict(analysis.Of(method))} {method.Id}");
            output.Write(CallWay.Long(analysis, method));
            if (analysis.Effects.Of(method) is null)
            {
                foreach (CallEdge edge in analysis.Graph.From(method))
                {
                    output.WriteLine($"  {edge.Kind.ToString().ToLowerInvariant()}{(edge.IsExceptional ? ", exceptional" : "")} {edge.Declared.Id} ({edge.Targets.Count})");
                }
            }

            output.WriteLine();
        }
    }
}
