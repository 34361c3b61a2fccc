using System.Collections.Immutable;
using Vmbus.Analyzers.Differential.Grammar;

namespace Vmbus.Analyzers.Differential.Levels;

/// <summary>
/// Functions that raise, lower and ask for the level, and call what must not be called at each. What a statement is about is the
/// level at which it stands, as far as whoever writes it knows.
/// </summary>
internal static class LevelLanguage
{
    /// <summary>Nothing is known.</summary>
    public const string Any = "Any";

    /// <summary>PASSIVE_LEVEL.</summary>
    public const string Passive = "Passive";

    /// <summary>At most APC_LEVEL.</summary>
    public const string Low = "Low";

    /// <summary>DISPATCH_LEVEL.</summary>
    public const string High = "High";

    public static readonly Language Instance = new()
    {
        Usings = """
            using Vmbus.Analyzers.Differential.Oracle;
            using Vmbus.Analyzers.Differential.Oracle.Choices;
            using Vmbus.Analyzers.Differential.Oracle.Levels;
            using static Vmbus.Analyzers.Differential.Oracle.Unknown;

            """,
        Types = ImmutableDictionary.CreateRange([.. new[] { Any, Passive, Low, High }.Select(static k => KeyValuePair.Create(k, "Irql"))]),
        Uncapturable = [],
        ThemeEvery = 1,
        Roots =
        [
            new("[ProcessPacket(1u)] private void Handle(PacketCompletion packet)", "level", Any, ScopeKind.Block, 12),
            new("[ProcessPacket(1u, Irql = Irql.Passive)] private void Handle(PacketCompletion packet)", "level", Passive, ScopeKind.Block, 3, "passive-handler"),
            new("[IrqlRequiresMax(Irql.Dispatch)] private void Handle()", "level", Any, ScopeKind.Block, 3, "contract"),
            new("[IrqlRequiresMax(Irql.Apc)] private void Handle()", "level", Low, ScopeKind.Block, 2, "contract"),
            new("[IrqlRequires(Irql.Dispatch)] private void Handle()", "level", High, ScopeKind.Block, 2, "contract"),
        ],
        Members =
        [
            ("_later", "private readonly List<Action> _later = [];"),
            ("_action", "private Action? _action;"),
            ("_event", "private readonly ManualResetEventSlim _event = new(true);"),
            ("_level", "private Irql _level;"),
            ("_isReady", "private bool _isReady;"),
            ("IsPassive", "private static bool IsPassive => KernelIrql.Current == Irql.Passive;"),
            ("AtDispatch()", "private static bool AtDispatch() { Irql level = KernelIrql.Current; return level >= Irql.Dispatch; }"),
        ],
        Conditions = LevelConditions.All,
        Statements =
        [
            .. ProbeStatements.All, .. GuardStatements.All, .. RaiseStatements.All, .. FunctionStatements.All, .. DelegateStatements.All, .. TypeStatements.All,
            .. LevelFlowStatements.All,
        ],
    };
}
