using System.Collections.Immutable;
using Vmbus.Analyzers.Differential.Grammar;
using static Vmbus.Analyzers.Differential.Completion.PacketLanguage;

namespace Vmbus.Analyzers.Differential.Completion;

/// <summary>Branches, switches, and conditions that are asked again.</summary>
internal static class BranchStatements
{
    public static readonly ImmutableArray<StatementTemplate> All =
    [
        End("branch", "if ($c) { $0^ } else { $1^ }", "EE").Weighing(9),
        End("branch return", "if ($c) { $0 return; } $1^", "EE").Weighing(12),
        End("branch", "if ($c) { $0 } else if ($c) { $1 } else { $2 }", "EEE"),
        End("branch ternary", "int $x = $c ? 1 : 2; if ($x == 1) { $0 } else { $1 }", "EE"),
        End("switch", "switch ($n) { case 0: { $0 break; } case 1 or 2: { $1 break; } default: { $2 break; } }", "EEE"),
        End("switch goto enum", "switch ($k) { case Kind.One: { $0 goto case Kind.Two; } case Kind.Two: { $1 break; } default: { $2 break; } }", "KEE"),
        End("switch pattern", "switch ($n) { case > 1 when $c: { $0 break; } case > 1: { $1 break; } case <= 1: { $2 break; } }", "EEE"),
        End("switch pattern", "switch ($o) { case string $x: { Look((ulong)$x.Length); $0 break; } case null: { $1 break; } default: { $2 break; } }", "EEE"),
        End("switch-expression", "int $x = $n switch { 0 => 1, > 1 => 2, _ => 3 }; if ($x == 1) { $0 } else { $1 }", "EE"),
        End("switch-expression enum", "bool $x = $k switch { Kind.One => true, Kind.Two => $c, _ => false }; if ($x) { $0 } else { $1 }", "EE"),
        End("correlated", "bool $x = $c; if ($x) { $0 } $1 if (!$x) { $2 }", "EKE").Weighing(6),
        End("correlated status", "NtStatus $x = Status(); if ($x == NtStatus.Success) { $0 } $1 if ($x != NtStatus.Success) { $2 }", "EKE"),
        End("correlated status", "NtStatus $x = Status(); if ($x.IsSuccess()) { $0 } $1 if (!$x.IsSuccess()) { $2 }", "EKE"),
        End("correlated enum pattern", "Kind $x = Kinds(); if ($x is Kind.One or Kind.Two) { $0 } $1 if ($x is not (Kind.One or Kind.Two)) { $2 }", "EKE"),
        End("correlated null", "object? $x = Find(); if ($x is null) { $0 } $1 if ($x is not null) { $2 }", "EKE"),
        End("correlated number", "int $x = Number(); if ($x > 1) { $0 } $1 if ($x <= 1) { $2 }", "EKE"),
        End("correlated field", "if (_isReady) { $0 } $1 if (!_isReady) { $2 }", "EKE"),
        End("flag correlated", "bool $x = false; if ($c) { $0 $x = true; } $1 if (!$x) { $2 }", "EKE").Weighing(6),
        End("correlated null", "string? $x = null; if ($c) { $0 $x = \"done\"; } $1 if ($x == null) { $2 }", "EKE"),
        End("correlated number switch", "int $x = 0; if ($c) { $0 $x = 1; } switch ($x) { case 0: { $1 break; } }", "EE"),
        End("correlated short-circuit", "bool $x = $c; bool $y = !$x && G(); if ($x) { $0 } else if ($y) { $1 } else { $2 }", "EEE"),
        End("correlated null conditional-access", "string? $x = Find() as string; int? $y = $x?.Length; if ($y is null) { $0 } else { $1 }", "EE"),
        End("goto", "if ($c) { goto $l; } { $0 } $l: ; $1^", "KE").NotIn(ScopeKind.Iterator),
        End("goto", "if ($c) { $0 goto $l; } { $1 } $l: ;", "EE").NotIn(ScopeKind.Iterator),
    ];
}
