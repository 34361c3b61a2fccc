using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Microsoft.CodeAnalysis;

namespace Vmbus.Gen.Analyzers.Summaries;

/// <summary>
/// What methods do, computed when it is asked for and remembered for the compilation. A method that reaches itself begins with
/// "never returns" and is computed again until nothing changes.
/// </summary>
/// <typeparam name="TSummary">An immutable summary, compared by content.</typeparam>
internal sealed class SummaryCache<TSummary>(TSummary bottom, TSummary unknown, Func<IMethodSymbol, SummaryCache<TSummary>.Request, TSummary> compute)
    where TSummary : class, IEquatable<TSummary>
{
    /// <summary>After so many methods that call each other, the next one is computed on a stack of its own: where a search begins decides nothing.</summary>
    private const int MethodsPerStack = 24;

    private const int MaximumRounds = 12;

    private readonly ConcurrentDictionary<IMethodSymbol, TSummary> _known = new(SymbolEqualityComparer.Default);

    public Request Begin() => new(this);

    /// <summary>The summaries that one analysis asks for, with those that are being computed for it.</summary>
    internal sealed class Request(SummaryCache<TSummary> cache)
    {
        private readonly List<Computation> _running = [];

        public TSummary Get(IMethodSymbol method)
        {
            if (cache._known.TryGetValue(method, out TSummary? known))
            {
                return known;
            }

            for (int i = 0; i < _running.Count; i++)
            {
                if (SymbolEqualityComparer.Default.Equals(_running[i].Method, method))
                {
                    _running[i].IsAssumed = true;

                    // Everything above depends on an assumption now, and is not final before this method is.
                    for (int above = i + 1; above < _running.Count; above++)
                    {
                        _running[above].LowestAssumption = Math.Min(_running[above].LowestAssumption, i);
                    }

                    return _running[i].Assumption;
                }
            }

            return _running.Count > 0 && _running.Count % MethodsPerStack == 0 ? ComputeOnOwnStack(method) : Compute(method);
        }

        private TSummary ComputeOnOwnStack(IMethodSymbol method)
        {
            TSummary? result = null;
            ExceptionDispatchInfo? failure = null;
            var thread = new Thread(() =>
            {
                try
                {
                    result = Compute(method);
                }
                catch (Exception e)
                {
                    // It goes on where the summary is waited for; the caller decides whether the analysis was cancelled.
                    failure = ExceptionDispatchInfo.Capture(e);
                }
            });
            thread.Start();
            thread.Join();
            failure?.Throw();
            return result!;
        }

        private TSummary Compute(IMethodSymbol method)
        {
            int index = _running.Count;
            var computation = new Computation(method, cache.Bottom) { LowestAssumption = int.MaxValue };
            _running.Add(computation);
            TSummary result;
            try
            {
                for (int round = 0; ; round++)
                {
                    computation.IsAssumed = false;
                    result = cache.Run(method, this);
                    if (!computation.IsAssumed || result.Equals(computation.Assumption))
                    {
                        break;
                    }

                    if (round == MaximumRounds)
                    {
                        result = cache.Unknown;
                        break;
                    }

                    computation.Assumption = result;
                }
            }
            finally
            {
                _running.RemoveAt(index);
            }

            return computation.LowestAssumption < index ? result : cache._known.GetOrAdd(method, result);
        }
    }

    private TSummary Bottom => bottom;

    private TSummary Unknown => unknown;

    private TSummary Run(IMethodSymbol method, Request request) => compute(method, request);

    private sealed class Computation(IMethodSymbol method, TSummary assumption)
    {
        public IMethodSymbol Method { get; } = method;

        public TSummary Assumption { get; set; } = assumption;

        public bool IsAssumed { get; set; }

        public int LowestAssumption { get; set; }
    }
}
