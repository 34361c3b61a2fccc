using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Vmbus.Analyzers.Differential.Completion;
using Vmbus.Analyzers.Differential.Execution;
using Vmbus.Analyzers.Differential.Oracle.Packets;

namespace Vmbus.Analyzers.Differential.Comparison;

/// <summary>Runs programs and asks analyzers about them.</summary>
internal sealed class Judge(ImmutableArray<DiagnosticAnalyzer> analyzers)
{
    private readonly PacketFaults _judged = analyzers.SelectMany(static a => a.SupportedDiagnostics).Any(static d => d.Id == "VMB103")
        ? ~PacketFaults.None
        : ~PacketFaults.UsedAfter;

    /// <returns>The judgements; null if the batch does not compile, which <paramref name="errors"/> tells.</returns>
    public async Task<(ImmutableArray<Judgement>? Judgements, string Errors)> TryJudgeAsync(ProgramBatch batch)
    {
        using LoadedBatch? loaded = batch.Load(out string errors);
        if (loaded is null)
        {
            return (null, errors);
        }

        ImmutableArray<PacketTruth> truths = [.. batch.Texts.Select((t, i) => PacketRunner.Run(loaded.ClassOf(i), t))];
        return (await JudgeAsync(batch, truths), "");
    }

    /// <summary>Holds the verdicts of the analyzers against truths that are known already.</summary>
    public async Task<ImmutableArray<Judgement>> JudgeAsync(ProgramBatch batch, ImmutableArray<PacketTruth> truths)
    {
        ImmutableArray<ImmutableArray<Diagnostic>> verdicts = await AnalyzerVerdicts.AskAsync(batch, analyzers);
        return [.. truths.Select((truth, i) => new Judgement(
            batch.Programs.IsEmpty ? null : batch.Programs[i],
            batch.Texts[i],
            truth,
            [.. verdicts[i].Select(static d => d.Id).Where(PacketVerdict.Ids.Contains).Distinct()])
        {
            Judged = _judged,
        })];
    }
}
