using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Vmbus.Analyzers.Differential.Comparison;
using Vmbus.Analyzers.Differential.Completion;
using Vmbus.Analyzers.Differential.Execution;
using Vmbus.Analyzers.Differential.Grammar;
using Vmbus.Analyzers.Differential.Levels;
using Vmbus.Analyzers.Differential.Mutants;

// dotnet run --project tests/Vmbus.Analyzers.Differential -- [levels] run PROGRAMS SEED [SHRINK [THREADS [MINUTES]]]
// dotnet run --project tests/Vmbus.Analyzers.Differential -- [levels] coverage PROGRAMS SEED
// dotnet run --project tests/Vmbus.Analyzers.Differential -- [levels] judge FILE
// dotnet run --project tests/Vmbus.Analyzers.Differential -- [levels] mutants PROGRAMS SEED
bool isAboutLevels = args is ["levels", ..];
var judge = new Judge(isAboutLevels ? LevelProof.Instance : PacketProof.Instance);
return args[(isAboutLevels ? 1 : 0)..] switch
{
    ["run", string programs, string seed, .. string[] shrink] => Run(Number(programs), Number(seed), shrink is [var count, ..] ? Number(count) : 0, shrink is [_, var threads, ..] ? Number(threads) : 2, shrink is [_, _, var minutes] ? TimeSpan.FromMinutes(Number(minutes)) : Timeout.InfiniteTimeSpan),
    ["coverage", string programs, string seed] => Cover(Number(programs), Number(seed)),
    ["judge", string file] => await JudgeAsync(File.ReadAllText(file)),
    ["mutants", string programs, string seed] => TryMutants(Number(programs), Number(seed)),
    _ => throw new ArgumentException("Say 'run PROGRAMS SEED [SHRINK [THREADS [MINUTES]]]', 'coverage PROGRAMS SEED', 'judge FILE' or 'mutants PROGRAMS SEED'."),
};

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

// Judges many programs, so many as the time allows, and prints how that went, and the first differences, as small as they get. Each difference is told at once.
int Run(int programs, int seed, int shrink, int threads, TimeSpan time)
{
    var campaign = new Campaign(judge, seed, found: static difference =>
    {
        Console.Error.WriteLine(difference);
    });
    Stopwatch watch = Stopwatch.StartNew();
    int shown = 0;
    using var stop = new CancellationTokenSource(time);
    campaign.Run(programs, threads, c =>
    {
        if (c.Tried / 5000 > shown)
        {
            shown = c.Tried / 5000;
            Console.Error.WriteLine($"{c.Tried} tried, {c.Missed} missed, {c.Unexpected} unexpected, {watch.Elapsed:hh\\:mm\\:ss}");
        }
    }, stop.Token);
    Console.WriteLine(CampaignReport.Write(campaign, judge.Proof.Language, seed, watch.Elapsed));
    foreach (Judgement difference in campaign.Differences.OrderByDescending(static d => d.IsMissed).Take(shrink))
    {
        Console.WriteLine(Shrinker.Shrink(difference, judge));
    }

    return campaign.Missed == 0 ? 0 : 1;
}

// Counts what programs consist of, without judging them.
int Cover(int programs, int seed)
{
    var coverage = new CoverageCounter();
    for (int number = 0; number < programs; number++)
    {
        coverage.Add(ProgramGenerator.Make(judge.Proof.Language, seed, number).Constructs);
    }

    var text = new StringBuilder();
    CampaignReport.WriteCoverage(text, coverage, programs, judge.Proof.Language);
    Console.Write(text);
    return 0;
}

// Says of each mutant how the programs show it.
int TryMutants(int programs, int seed)
{
    ImmutableArray<Mutant> mutants = isAboutLevels ? LevelMutants.All : EngineMutants.All;
    var campaign = new MutantCampaign(judge.Proof, seed, programs);
    campaign.Prepare();
    Console.WriteLine($"seed {seed}, {DateTime.UtcNow:yyyy-MM-dd}, {programs} programs, {mutants.Length} mutants; the engine without a mistake misses {campaign.Missed} and reports {campaign.Unexpected} right ones, which do not count");
    int escaped = 0;
    foreach (Mutant mutant in mutants)
    {
        string? shown = campaign.Catch(mutant);
        escaped += shown is null ? 1 : 0;
        Console.WriteLine($"{mutant.Name}: {shown ?? "NOT CAUGHT"}");
    }

    return escaped;
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
