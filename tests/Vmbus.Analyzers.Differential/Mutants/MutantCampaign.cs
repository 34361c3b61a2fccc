using System.Collections.Immutable;
using Vmbus.Analyzers.Differential.Comparison;
using Vmbus.Analyzers.Differential.Execution;
using Vmbus.Analyzers.Differential.Grammar;

namespace Vmbus.Analyzers.Differential.Mutants;

/// <summary>Judges the same programs with many analyzers; what is true of the programs is learned once.</summary>
internal sealed class MutantCampaign(Proof proof, int seed, int programs, int batchSize = 25)
{
    private ImmutableArray<(ImmutableArray<RandomProgram> Programs, ImmutableArray<ProgramTruth> Truths)> _batches = [];
    private int _correct;

    /// <summary>Runs the programs.</summary>
    public void Prepare()
    {
        var batches = new (ImmutableArray<RandomProgram>, ImmutableArray<ProgramTruth>)[(programs + batchSize - 1) / batchSize];
        Parallel.For(0, batches.Length, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i =>
        {
            ImmutableArray<RandomProgram> made = [.. Enumerable.Range(i * batchSize, Math.Min(batchSize, programs - (i * batchSize))).Select(n => ProgramGenerator.Make(proof.Language, seed, n))];
            var batch = ProgramBatch.Compile(made);
            using LoadedBatch loaded = batch.Load(out string errors) ?? throw new InvalidOperationException(errors);
            batches[i] = (made, [.. batch.Texts.Select((t, n) => proof.Run(loaded.ClassOf(n), t))]);
        });
        _batches = [.. batches];
        _correct = _batches.Sum(static b => b.Truths.Count(static t => t is { IsKnown: true, IsCorrect: true }));
    }

    /// <summary>How the programs show a mistake; null if they do not.</summary>
    public string? Catch(Mutant mutant)
    {
        var judge = new Judge(proof, [MutantCompiler.Compile(mutant)]);
        int judged = 0;
        int unexpected = 0;
        foreach ((ImmutableArray<RandomProgram> made, ImmutableArray<ProgramTruth> truths) in _batches)
        {
            ImmutableArray<Judgement> judgements = judge.JudgeAsync(ProgramBatch.Compile(made), truths).GetAwaiter().GetResult();
            judged += judgements.Length;
            unexpected += judgements.Count(static j => j.IsUnexpected);
            if (judgements.FirstOrDefault(static j => j.IsMissed) is { } missed)
            {
                return $"{string.Join(" ", missed.Missed)} missed within {judged} programs";
            }

            if (unexpected * 50 >= _correct)
            {
                return $"{unexpected} of {judged} programs reported that are right";
            }
        }

        return null;
    }
}
