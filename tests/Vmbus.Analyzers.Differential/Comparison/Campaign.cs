using System.Collections.Concurrent;
using System.Collections.Immutable;
using Vmbus.Analyzers.Differential.Execution;
using Vmbus.Analyzers.Differential.Grammar;

namespace Vmbus.Analyzers.Differential.Comparison;

/// <summary>Judges many programs of one seed, in batches, and counts.</summary>
/// <param name="judge">Judges each program.</param>
/// <param name="seed">Decides which programs there are.</param>
/// <param name="batchSize">How many are compiled together.</param>
/// <param name="found">Is told of each difference when it is found, one at a time.</param>
internal sealed class Campaign(Judge judge, int seed, int batchSize = 100, Action<Judgement>? found = null)
{
    private readonly ConcurrentQueue<Judgement> _differences = new();
    private readonly Lock _gate = new();

    public CoverageCounter Coverage { get; } = new();

    public IReadOnlyCollection<Judgement> Differences => _differences;

    public int Tried { get; private set; }

    /// <summary>Programs with too many paths to run them all: made, but not counted.</summary>
    public int LeftOut { get; private set; }

    public long Paths { get; private set; }

    public int Correct { get; private set; }

    public int Wrong { get; private set; }

    public int Missed { get; private set; }

    public int Unexpected { get; private set; }

    /// <summary>Judges the first programs of the seed, in their order.</summary>
    /// <param name="programs">How many.</param>
    /// <param name="threads">How many batches are judged at the same time.</param>
    /// <param name="progress">Is told after each batch.</param>
    /// <param name="stop">Lets no further batch begin.</param>
    public void Run(int programs, int threads, Action<Campaign>? progress = null, CancellationToken stop = default)
    {
        int batches = (programs + batchSize - 1) / batchSize;
        int begun = -1;
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ =>
        {
            while (!stop.IsCancellationRequested && Interlocked.Increment(ref begun) is var batch && batch < batches)
            {
                RunBatch(Enumerable.Range(batch * batchSize, Math.Min(batchSize, programs - (batch * batchSize))));
                progress?.Invoke(this);
            }
        });
    }

    private void RunBatch(IEnumerable<int> numbers)
    {
        var batch = ProgramBatch.Compile([.. numbers.Select(n => ProgramGenerator.Make(judge.Proof.Language, seed, n))]);
        (ImmutableArray<Judgement>? judgements, string errors) = judge.TryJudgeAsync(batch).GetAwaiter().GetResult();
        if (judgements is null)
        {
            throw new InvalidOperationException($"The grammar made a program that does not compile:\n{errors}");
        }

        lock (_gate)
        {
            foreach (Judgement judgement in judgements.Value)
            {
                Count(judgement);
            }
        }
    }

    private void Count(Judgement judgement)
    {
        if (!judgement.Truth.IsKnown)
        {
            LeftOut++;
            return;
        }

        Tried++;
        Paths += judgement.Truth.Paths;
        Coverage.Add(judgement.Program!.Constructs);
        Correct += judgement.Truth.IsCorrect ? 1 : 0;
        Wrong += judge.Proof.IsWrong(judgement.Truth) ? 1 : 0;
        Missed += judgement.IsMissed ? 1 : 0;
        Unexpected += judgement.IsUnexpected ? 1 : 0;
        if (judgement.IsDifferent)
        {
            _differences.Enqueue(judgement);
            found?.Invoke(judgement);
        }
    }
}
