using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Vmbus.Verification;

namespace Vmbus;

/// <summary>
/// The verifier watches callbacks while they run, as Driver Verifier and the DPC watchdog do: waits at DISPATCH_LEVEL, callbacks over their time budget, levels
/// not restored, packets completed twice or never. It reports and never changes what happens, except that it puts back a level that a callback left changed.
/// </summary>
/// <remarks>
/// It is on for a channel, first that says so: <see cref="VerifierOptions.Enabled"/> of the channel; <see cref="Enabled"/>; whether the assembly of the channel's
/// callbacks was compiled without optimisation (a Debug build). A region at DISPATCH_LEVEL that code outside callbacks opens by <see cref="KernelIrql.Raise"/> is
/// watched as soon as a watched channel was opened, or <see cref="Enabled"/> was set to <see langword="true"/>.
/// </remarks>
public static class VmbusVerifier
{
    /// <summary>The AppContext switch that <see cref="Enabled"/> begins with: a RuntimeHostConfigurationOption of the project, or an entry of runtimeconfig.json.</summary>
    public const string SwitchName = "Vmbus.Verifier";

    private static readonly ConditionalWeakTable<Assembly, object> DebugBuilds = [];

    static VmbusVerifier()
    {
        if (AppContext.TryGetSwitch(SwitchName, out bool isEnabled))
        {
            Enabled = isEnabled;
        }
    }

    /// <summary>Raised for every report of every channel, at PASSIVE_LEVEL on the thread pool, one report after the other.</summary>
    public static event Action<VerifierReport>? Reported;

    /// <summary>
    /// Whether channels that are opened from now on are watched where their options do not say; <see langword="null"/>: where their callbacks come from a Debug build.
    /// </summary>
    public static bool? Enabled
    {
        get;
        set
        {
            field = value;
            if (value == true)
            {
                WatchRegions();
            }
        }
    }

    /// <summary>Whether a channel with these options and callbacks of this assembly is watched.</summary>
    internal static bool IsOn(VerifierOptions options, Assembly callbacks) => options.Enabled ?? Enabled ?? IsDebugBuild(callbacks);

    internal static void WatchRegions() => KernelIrql.WatchRegions(DispatchRegionWatch.Instance);

    internal static void Raise(VerifierReport report) => Reported?.Invoke(report);

    private static bool IsDebugBuild(Assembly assembly)
        => (bool)DebugBuilds.GetValue(assembly, static assembly => assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true });
}
