using System.Collections.Immutable;
using Vmbus.Analyzers.Differential.Grammar;

namespace Vmbus.Analyzers.Differential.Completion;

/// <summary>Conditions of handlers. The first one knows nothing.</summary>
internal static class PacketConditions
{
    public static readonly ImmutableArray<ConditionTemplate> All =
    [
        new(10, "G()"),
        new(5, "$b", "flag"),
        new(3, "!$b", "flag"),
        new(2, "$c && $c", "short-circuit"),
        new(2, "$c || $c", "short-circuit"),
        new(1, "!($c)"),
        new(1, "($c ? $b : G())", "ternary flag"),
        new(1, "$n == 0", "number"),
        new(1, "$n > 1", "number"),
        new(1, "$n < 2", "number"),
        new(1, "$n != 1", "number"),
        new(1, "$n is 1 or 2", "pattern number"),
        new(1, "$n is > 0 and < 2", "pattern number"),
        new(1, "$k is Kind.One", "pattern enum"),
        new(1, "$k == Kind.Two", "enum"),
        new(1, "$k is not (Kind.One or Kind.Two)", "pattern enum"),
        new(2, "$s == NtStatus.Success", "status"),
        new(1, "$s.IsSuccess()", "status"),
        new(1, "$s is NtStatus.Pending", "status pattern"),
        new(1, "$s != NtStatus.Success", "status"),
        new(1, "$o is null", "null pattern"),
        new(1, "$o != null", "null"),
        new(1, "$o is string", "pattern"),
        new(1, "$o is Device { }", "pattern"),
        new(1, "$h.Length > 1", "number"),
        new(1, "$h is { Length: > 1 }", "pattern number"),
    ];
}
