using System.Text;
using Microsoft.CodeAnalysis;
using Vmbus.Gen.Analyzers.Descriptors;
using Vmbus.Gen.Analyzers.Flow;
using Vmbus.Gen.Analyzers.Irql.Findings;
using Vmbus.Gen.Analyzers.Irql.Levels;

namespace Vmbus.Gen.Analyzers.Irql.Reporting;

/// <summary>Says in words what is wrong with a call, and names the way to it.</summary>
internal static class FindingReports
{
    private const string Arrow = " \u2192 ";

    public static Diagnostic Create(IMethodSymbol start, Location location, IrqlFinding finding)
        => Diagnostic.Create(RuleOf(finding.Rule), location, finding.Way.Steps.Skip(1).Select(static s => s.Location), Describe(start, finding));

    private static DiagnosticDescriptor RuleOf(IrqlRule rule) => rule switch
    {
        IrqlRule.RequiresLower => IrqlDescriptors.RequiresLower,
        IrqlRule.RequiresHigher => IrqlDescriptors.RequiresHigher,
        IrqlRule.Blocks => IrqlDescriptors.BlocksAtDispatch,
        IrqlRule.EntersMonitor => IrqlDescriptors.MonitorAtDispatch,
        IrqlRule.WaitsForItself => IrqlDescriptors.WaitsForItself,
        _ => IrqlDescriptors.AllocatesAtDispatch,
    };

    private static string Describe(IMethodSymbol start, IrqlFinding finding)
    {
        string last = finding.Way.Last.Name;
        string what = finding.Rule switch
        {
            IrqlRule.RequiresLower => $"'{last}' requires at most {finding.Detail}, but may be reached at {LevelNames.Of(finding.Levels.Highest)}",
            IrqlRule.RequiresHigher => $"'{last}' requires at least {finding.Detail}, but may be reached at {LevelNames.Of(finding.Levels.Lowest)}",
            IrqlRule.Blocks => $"'{last}' blocks at DISPATCH_LEVEL",
            IrqlRule.EntersMonitor => $"'{last}' enters a monitor at DISPATCH_LEVEL",
            IrqlRule.WaitsForItself => $"'{last}' waits until this callback has returned",
            _ => $"'{last}' allocates at DISPATCH_LEVEL ({finding.Detail})",
        };
        string from = $"{what}: {IrqlModel.NameOf(start)}";
        var text = new StringBuilder(from);
        foreach (CallStep step in finding.Way.Steps)
        {
            text.Append(Arrow).Append(step.Name);
            if (text.Length > PathText.MaximumMessage)
            {
                // The ends of the way say most.
                return $"{from}{Arrow}{finding.Way.Step.Name}{Arrow}...{Arrow}{last}";
            }
        }

        return text.ToString();
    }
}
