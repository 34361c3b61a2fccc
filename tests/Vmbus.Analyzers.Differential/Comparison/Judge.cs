using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Vmbus.Analyzers.Differential.Execution;

namespace Vmbus.Analyzers.Differential.Comparison;

/// <summary>Runs programs and asks analyzers about them.</summary>
/// <param name="proof">What goes wrong in a program, and which rules say so.</param>
/// <param name="analyzers">The analyzers that are asked: those of the proof, or others in their place.</param>
internal sealed class Judge(Proof proof, ImmutableArray<DiagnosticAnalyzer> analyzers)
{
    /// <summary>The rules that the proof is about; the others are silent here or about something else.</summary>
    private readonly ImmutableHashSet<string> _rules = [.. proof.Faults.SelectMany(static f => f.Rules)];

    public Judge(Proof proof)
        : this(proof, proof.Analyzers)
    {
    }

    public Proof Proof => proof;

    /// <returns>The judgements; null if the batch does not compile, which <paramref name="errors"/> tells.</returns>
    public async Task<(ImmutableArray<Judgement>? Judgements, string Errors)> TryJudgeAsync(ProgramBatch batch)
    {
        using LoadedBatch? loaded = batch.Load(out string errors);
        if (loaded is null)
        {
            return (null, errors);
        }

        ImmutableArray<ProgramTruth> truths = [.. batch.Texts.Select((t, i) => proof.Run(loaded.ClassOf(i), t))];
        return (await JudgeAsync(batch, truths), "");
    }

    /// <summary>Holds the verdicts of the analyzers against truths that are known already.</summary>
    public async Task<ImmutableArray<Judgement>> JudgeAsync(ProgramBatch batch, ImmutableArray<ProgramTruth> truths)
    {
        ImmutableArray<ImmutableArray<Diagnostic>> verdicts = await AnalyzerVerdicts.AskAsync(batch, analyzers);
        return [.. truths.Select((truth, i) => Compare(batch, i, truth, [.. verdicts[i].Select(static d => d.Id).Where(_rules.Contains).Distinct()]))];
    }

    private Judgement Compare(ProgramBatch batch, int index, ProgramTruth truth, ImmutableArray<string> reported)
        => new(batch.Programs.IsEmpty ? null : batch.Programs[index], batch.Texts[index], truth, reported, truth.IsKnown ? Missed(truth, reported) : []);

    /// <summary>What is wrong on some path and no rule says.</summary>
    private ImmutableSortedSet<string> Missed(ProgramTruth truth, ImmutableArray<string> reported)
        => [.. proof.Faults.Where(f => truth.Faults.Contains(f.Fault) && !f.Rules.Any(r => reported.Contains(r) && proof.Counts(r, f.Fault, truth))).Select(static f => f.Fault)];
}
