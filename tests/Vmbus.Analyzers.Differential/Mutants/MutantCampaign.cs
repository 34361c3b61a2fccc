using System.Collections.Immutable;
using Vmbus.Analyzers.Differential.Comparison;
using Vmbus.Analyzers.Differential.Execution;
using Vmbus.Analyzers.Differential.Grammar;

namespace Vmbus.Analyzers.Differential.Mutants;

/// <summary>Judges the same programs with many analyzers; what is true of the programs is learned once.</summary>
internal sealed class MutantCampaign(Proof proof, int seed, int programs, int batchSize = 25)
{
    /// <summary>So many right programs that only the mutant reports show it.</summary>
    private const int TellingReports = 3;

    private ImmutableArray<Batch> _batches = [];

    /// <summary>How many right programs the engine reports without any mistake; none of them counts against a mutant.</summary>
    public int Unexpected => _batches.Sum(static b => b.Unexpected.Count);

    /// <summary>How many wrong programs the engine misses without any mistake; none of them counts against a mutant.</summary>
    public int Missed => _batches.Sum(static b => b.Missed.Count);

    /// <summary>Runs the programs, and asks the engine as it is about them.</summary>
    public void Prepare()
    {
        var batches = new Batch[(programs + batchSize - 1) / batchSize];
        var judge = new Judge(proof);
        Parallel.For(0, batches.Length, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i =>
        {
            ImmutableArray<RandomProgram> made = [.. Enumerable.Range(i * batchSize, Math.Min(batchSize, programs - (i * batchSize))).Select(n => ProgramGenerator.Make(proof.Language, seed, n))];
            var batch = ProgramBatch.Compile(made);
            (ImmutableArray<Judgement>? judgements, string errors) = judge.TryJudgeAsync(batch).GetAwaiter().GetResult();
            batches[i] = judgements is { } known ? new Batch(made, known) : throw new InvalidOperationException(errors);
        });
        _batches = [.. batches];
    }

    /// <summary>How the programs show a mistake; null if they do not.</summary>
    public string? Catch(Mutant mutant)
    {
        var judge = new Judge(proof, [.. proof.Analyzers.Select(a => MutantCompiler.Compile(mutant, a.GetType()))]);
        int judged = 0;
        int unexpected = 0;
        foreach (Batch batch in _batches)
        {
            ImmutableArray<Judgement> judgements = judge.JudgeAsync(ProgramBatch.Compile(batch.Programs), batch.Truths).GetAwaiter().GetResult();
            judged += judgements.Length;
            unexpected += judgements.Count(j => j.IsUnexpected && !batch.Unexpected.Contains(j.Text));
            if (judgements.FirstOrDefault(j => j.IsMissed && !batch.Missed.Contains(j.Text)) is { } missed)
            {
                return $"{string.Join(" ", missed.Missed)} missed within {judged} programs";
            }

            if (unexpected >= TellingReports)
            {
                return $"{unexpected} right programs that are reported, within {judged}";
            }
        }

        return null;
    }

    /// <summary>Programs, what is true of them, and those that the engine without a mistake judges wrongly.</summary>
    private sealed record Batch(ImmutableArray<RandomProgram> Programs, ImmutableArray<ProgramTruth> Truths, ImmutableHashSet<string> Missed, ImmutableHashSet<string> Unexpected)
    {
        public Batch(ImmutableArray<RandomProgram> programs, ImmutableArray<Judgement> judgements)
            : this(
                programs,
                [.. judgements.Select(static j => j.Truth)],
                [.. judgements.Where(static j => j.IsMissed).Select(static j => j.Text)],
                [.. judgements.Where(static j => j.IsUnexpected).Select(static j => j.Text)])
        {
        }
    }
}
