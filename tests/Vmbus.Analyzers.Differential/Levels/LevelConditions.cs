using System.Collections.Immutable;
using Vmbus.Analyzers.Differential.Grammar;

namespace Vmbus.Analyzers.Differential.Levels;

/// <summary>Conditions, some of which ask for the level. The first one knows nothing.</summary>
internal static class LevelConditions
{
    public static readonly ImmutableArray<ConditionTemplate> All =
    [
        new(12, "G()"),
        new(4, "$b", "flag"),
        new(3, "!$b", "flag"),
        new(2, "$c && $c", "short-circuit"),
        new(2, "$c || $c", "short-circuit"),
        new(1, "!($c)"),
        new(1, "($c ? $b : G())", "ternary flag"),
        new(1, "$n == 0", "number"),
        new(1, "$n > 1", "number"),
        new(1, "$n is 1 or 2", "pattern number"),
        new(1, "$k == Kind.Two", "enum"),
        new(1, "$o is null", "null pattern"),
        new(1, "$o is string", "pattern"),
        new(1, "KernelIrql.Current == Irql.Passive", "level-test"),
        new(1, "KernelIrql.Current >= Irql.Dispatch", "level-test"),
        new(1, "KernelIrql.Current is Irql.Apc", "level-test pattern"),
    ];
}
