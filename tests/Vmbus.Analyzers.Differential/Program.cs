using System.Diagnostics;
using System.Globalization;
using Vmbus.Analyzers.Differential.Comparison;
using Vmbus.Analyzers.Differential.Completion;
using Vmbus.Gen.Analyzers.Completion;

// dotnet run --project tests/Vmbus.Analyzers.Differential -c Release -- PROGRAMS SEED [SHRINK]
int programs = int.Parse(args[0], CultureInfo.InvariantCulture);
int seed = int.Parse(args[1], CultureInfo.InvariantCulture);
int shrink = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 0;
var judge = new Judge([new PacketCompletionAnalyzer()]);
var campaign = new Campaign(PacketLanguage.Instance, judge, seed);
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
Console.WriteLine(CampaignReport.Write(campaign, PacketLanguage.Instance, seed, watch.Elapsed));
foreach (Judgement difference in campaign.Differences.Take(shrink))
{
    Console.WriteLine(Shrinker.Shrink(difference, judge));
}

return campaign.Missed == 0 ? 0 : 1;
