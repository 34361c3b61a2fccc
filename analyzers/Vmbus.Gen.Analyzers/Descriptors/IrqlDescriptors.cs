using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Analyzers.Descriptors;

/// <summary>VMB2xx: what may run at which interrupt request level.</summary>
internal static class IrqlDescriptors
{
    public static readonly DiagnosticDescriptor BlocksAtDispatch = Warning(
        RuleIds.BlocksAtDispatch,
        "A call that blocks is reached at DISPATCH_LEVEL",
        "A thread at DISPATCH_LEVEL must not wait: it holds up every packet of its channel. Wait at PASSIVE_LEVEL instead: Irql = Irql.Passive, DeferToPassive, or Pend and complete later.");

    public static readonly DiagnosticDescriptor RequiresLower = Warning(
        RuleIds.RequiresLower,
        "A call requires a lower IRQL than the one it is made at",
        "The called member says at which level it may be called at most, and may be reached above it. The run time throws IrqlViolationException there; the Windows kernel would stop the machine.");

    public static readonly DiagnosticDescriptor RequiresHigher = Warning(
        RuleIds.RequiresHigher,
        "A call requires a higher IRQL than the one it is made at",
        "The called member says at which level it must be called at least, and may be reached below it: what it relies on, that nothing else runs on the processor, does not hold there.");

    public static readonly DiagnosticDescriptor NotRestored = Warning(
        RuleIds.NotRestored,
        "IRQL is raised and not restored on every path",
        "A level that was raised must be lowered again to the one before, on every way out: dispose the scope that KernelIrql.Raise returns, or call KernelIrql.Lower with its Previous.");

    public static readonly DiagnosticDescriptor DemandsLower = Warning(
        RuleIds.DemandsLower,
        "An override or implementation demands a lower IRQL than what it overrides or implements",
        "Callers see the contract of the base member, of the interface's member or of the delegate, and call at the levels that it allows. What stands behind it must keep that promise.");

    public static readonly DiagnosticDescriptor MonitorAtDispatch = Warning(
        RuleIds.MonitorAtDispatch,
        "A lock or another monitor is entered at DISPATCH_LEVEL",
        "Whoever enters a monitor waits until its owner leaves it, and the owner may be a thread that DISPATCH_LEVEL holds up. Use a SpinLock, Interlocked, Monitor.TryEnter without a time-out, or lock at PASSIVE_LEVEL.");

    public static readonly DiagnosticDescriptor MissingContract = new(
        RuleIds.MissingContract,
        "A public method lacks the IRQL contract that its body implies",
        "{0}",
        Categories.Irql,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "Callers in other assemblies see the attributes of a method, not its body. With the contract written down their calls are judged, too.",
        helpLinkUri: HelpLinks.Base + RuleIds.MissingContract + HelpLinks.Extension);

    public static readonly DiagnosticDescriptor WaitsForItself = Warning(
        RuleIds.WaitsForItself,
        "A callback waits for itself",
        "Pause, Disable and Dispose wait until every callback of the channel has returned, and a request from ChannelStarted is answered only after it has returned. The run time throws STATUS_POSSIBLE_DEADLOCK.");

    public static readonly DiagnosticDescriptor AllocatesAtDispatch = new(
        RuleIds.AllocatesAtDispatch,
        "An allocation on a path at DISPATCH_LEVEL",
        "{0}",
        Categories.Allocation,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "What is allocated for every packet is collected later, and a collection stops the thread that handles packets. Reuse objects, use spans and structures, or do the work at PASSIVE_LEVEL.",
        helpLinkUri: HelpLinks.Base + RuleIds.AllocatesAtDispatch + HelpLinks.Extension);

    private static DiagnosticDescriptor Warning(string id, string title, string description)
        => new(id, title, "{0}", Categories.Irql, DiagnosticSeverity.Warning, isEnabledByDefault: true, description, HelpLinks.Base + id + HelpLinks.Extension);
}
