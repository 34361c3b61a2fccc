using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Vmbus.Analyzers.Differential.Comparison;
using Vmbus.Analyzers.Differential.Completion;
using Vmbus.Analyzers.Differential.Execution;

// dotnet run --project tests/Vmbus.Analyzers.Differential -- run PROGRAMS SEED [SHRINK]
// dotnet run --project tests/Vmbus.Analyzers.Differential -- judge FILE
var judge = new Judge(PacketProof.Instance);
return args switch
{
    ["run", string programs, string seed, .. string[] shrink] => Run(Number(programs), Number(seed), shrink.Length == 0 ? 0 : Number(shrink[0])),
    ["judge", string file] => await JudgeAsync(File.ReadAllText(file)),
    _ => throw new ArgumentException("Say 'run PROGRAMS SEED [SHRINK]' or 'judge FILE'."),
};

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

// Judges many programs and prints how that went, and the first differences, as small as they get.
int Run(int programs, int seed, int shrink)
{
    var campaign = new Campaign(judge, seed);
    Stopwatch watch = Stopwatch.StartNew();
    int shown = 0;
    campaign.Run(programs, threads: 2, c =>
    {
        if (c.Tried / 5000 > shown)
        {
            shown = c.Tried / 5000;
            Console.Error.WriteLine($"{c.Tried} tried, {c.Missed} missed, {c.Unexpected} unexpected, {watch.Elapsed:hh\\:mm\\:ss}");
        }
    });
    Console.WriteLine(CampaignReport.Write(campaign, judge.Proof.Language, seed, watch.Elapsed));
    foreach (Judgement difference in campaign.Differences.Take(shrink))
    {
        Console.WriteLine(Shrinker.Shrink(difference, judge));
    }

    return campaign.Missed == 0 ? 0 : 1;
}

// Judges one program that is written in a file, as class Program0.
async Task<int> JudgeAsync(string text)
{
    (ImmutableArray<Judgement>? judgements, string errors) = await judge.TryJudgeAsync(ProgramBatch.CompileTexts([text]));
    Console.WriteLine(judgements is [var judgement] ? judgement : errors);
    foreach (Microsoft.CodeAnalysis.Diagnostic diagnostic in (await AnalyzerVerdicts.AskAsync(ProgramBatch.CompileTexts([text]), judge.Proof.Analyzers))[0])
    {
        Console.WriteLine(diagnostic);
    }

    return judgements is [{ IsDifferent: false }] ? 0 : 1;
}
