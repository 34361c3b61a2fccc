using System.Collections.Immutable;
using Vmbus.Analyzers.Differential.Grammar;
using static Vmbus.Analyzers.Differential.Completion.PacketLanguage;

namespace Vmbus.Analyzers.Differential.Completion;

/// <summary>Exceptions, their handlers and filters, and what runs whatever happens.</summary>
internal static class ExceptionStatements
{
    public static readonly ImmutableArray<StatementTemplate> All =
    [
        End("finally", "try { $0 } finally { $1! }", "KE").NotIn(ScopeKind.Iterator),
        End("finally", "try { $0 } finally { $1! }", "EK").NotIn(ScopeKind.Iterator),
        End("finally return", "try { if ($c) { return; } $0 } finally { $1! }", "KE").NotIn(ScopeKind.Iterator),
        End("finally", "try { try { $0 } finally { $1! } } finally { $2! }", "KEK").NotIn(ScopeKind.Iterator),
        End("finally throw", "try { if ($c) { throw $T; } $0 } finally { $1! }", "KE").NotIn(ScopeKind.Iterator).Weighing(5),
        End("finally flag", "bool $x = false; try { $0 $p.Complete(); $x = true; } finally { if (!$x) { $1! } }", "KE").About(Inline, Pending).NotIn(ScopeKind.Iterator),
        End("catch", "try { $0 $p.Complete(); } catch { $1 }", "KE").About(Inline, Pending).NotIn(ScopeKind.Iterator).Weighing(6),
        End("catch", "try { $0 $p.Complete(); } catch (TransferException) { $1 } catch (DeviceException) { $2 }", "KEE").About(Inline, Pending).NotIn(ScopeKind.Iterator),
        End("catch return", "try { $0 } catch (TransferException) { $1 return; } $2^", "KEE").NotIn(ScopeKind.Iterator),
        End("filter catch return", "try { $0 } catch (TransferException) when ($c) { $1 return; } $2^", "KEE").NotIn(ScopeKind.Iterator),
        End("filter catch", "try { $0 $p.Complete(); } catch (Exception) when ($c) { $1 }", "KE").About(Inline, Pending).NotIn(ScopeKind.Iterator).Weighing(6),
        End("filter catch", "try { $0 $p.Fail(); } catch (TransferException) when ($c) { $1 } catch (DeviceException) { $2 }", "KEE").About(Inline, Pending).NotIn(ScopeKind.Iterator),
        End("throw catch", "try { $0 if ($c) { throw $T; } $p.Complete(); } catch (TransferException) { $1 }", "KE").About(Inline, Pending).NotIn(ScopeKind.Iterator).Weighing(6),
        End("throw catch finally", "try { if ($c) { throw $T; } $0 } catch (TransferException) { $1 } finally { $2! }", "KKE").NotIn(ScopeKind.Iterator),
        End("rethrow catch", "try { $0 } catch { $1 $R } $2", "KEE").NotIn(ScopeKind.Iterator).Weighing(6),
        End("rethrow catch", "try { $0 } catch (TransferException) { if ($c) { $1 $R } } $2", "KEE").NotIn(ScopeKind.Iterator),
        End("throw", "$0 if ($c) { throw $T; }", "E").NotIn(ScopeKind.Iterator),
        End("throw branch", "if ($c) { $0 throw $T; } $1", "EE").NotIn(ScopeKind.Iterator),
        End("filter catch", "bool $x = false; try { $0 } catch (TransferException) when ($x = $c) { } if ($x) { $1 } else { $2 }", "KEE").NotIn(ScopeKind.Iterator),
        Keep("throw", "if ($c) { throw $T; }").Wild().Weighing(8).NotIn(ScopeKind.Iterator),
        Keep("throw catch", "try { if ($c) { throw $T; } } catch (DeviceException) { Work(); }").Wild().NotIn(ScopeKind.Iterator).Weighing(3),
        Keep("throw coalesce", "object $v = Find() ?? throw $T; /*@Call.Note();@*/ Look((ulong)$v.GetHashCode());").Wild().NotIn(ScopeKind.Iterator),
        Keep("catch", "try { $0 } catch (TransferException) { $1 }", "KK").NotIn(ScopeKind.Iterator),
        Keep("catch", "try { $0 } catch { $1 }", "KK").NotIn(ScopeKind.Iterator),
        Keep("finally", "try { $0 } finally { $1! }", "KK").NotIn(ScopeKind.Iterator),
        Keep("throw catch", "try { $0 if ($c) { throw $T; } $1 } catch (TransferException) { $2 }", "KKK").NotIn(ScopeKind.Iterator),
        Keep("filter catch", "try { $0 } catch (Exception) when ($c) { $1 }", "KK").NotIn(ScopeKind.Iterator),
        Keep("using", "using (new Device()) { $0 }", "K").Weighing(6),
        Keep("using", "using var $v = new Device(); $0", "K"),
    ];
}
