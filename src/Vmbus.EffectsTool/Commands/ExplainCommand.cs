using System.CommandLine;
using Vmbus.EffectsTool.Effects;
using Vmbus.EffectsTool.Graph;
using Vmbus.EffectsTool.Metadata;
using Vmbus.EffectsTool.Reading;

namespace Vmbus.EffectsTool.Commands;

/// <summary><c>explain MEMBER...</c>: the way over which members block, and all calls of those that do not, or of all.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var members = new Argument<string[]>("MEMBER") { Description = "Documentation comment ids; without parameters: all overloads." };
        var calls = new Option<bool>("--calls") { Description = "All calls of the members, each with what it leads to." };
        Option<DirectoryInfo> framework = Analyses.FrameworkOption();
        var command = new Command("explain", "Tells how members block, call by call.") { members, calls, framework };
        command.SetAction(result =>
        {
            using FrameworkAnalysis analysis = Analyses.OfFramework(Analyses.FolderOf(result, framework));
            TextWriter output = result.InvocationConfiguration.Output;
            foreach (string member in result.GetRequiredValue(members))
            {
                Explain(analysis, new MemberPattern(member), result.GetValue(calls), output);
            }
        });
        return command;
    }

    private static void Explain(FrameworkAnalysis analysis, MemberPattern pattern, bool allCalls, TextWriter output)
    {
        foreach (MethodNode method in analysis.Graph.Methods.Where(m => pattern.Matches(m.Id)))
        {
            output.WriteLine($"{CallWay.Measured(analysis, method, analysis.Effects.OfCall(method))} {method.Id}");
            output.Write(CallWay.Long(analysis, method));
            if (allCalls || analysis.Effects.OfCall(method) is null)
            {
                IEnumerable<CallEdge> others = analysis.Graph.CallThroughType(method) is { } call ? analysis.Graph.From(call) : [];
                foreach (CallEdge edge in analysis.Graph.From(method).Concat(others))
                {
                    WriteCall(analysis, edge, output);
                }
            }

            output.WriteLine();
        }
    }

    private static void WriteCall(FrameworkAnalysis analysis, CallEdge edge, TextWriter output)
    {
        output.WriteLine($"  {edge.Kind.ToString().ToLowerInvariant()}{(edge.Context == CallContext.Ordinary ? "" : ", " + edge.Context.ToString().ToLowerInvariant())} {edge.Declared.Id} ({edge.Targets.Count})");
        foreach (MethodNode target in edge.Targets)
        {
            if (analysis.Effects.Of(target) is { } effect)
            {
                output.WriteLine($"    {CallWay.Measured(analysis, target, effect)} {target.Id}");
            }
        }
    }
}
