using BenchmarkDotNet.Running;
using Vmbus.Benchmarks;
using Vmbus.Benchmarks.Channels;
using Vmbus.Benchmarks.Dispatch;
using Vmbus.Benchmarks.Harness;
using Vmbus.Benchmarks.Ring;

// A group of goals measures one area; each lies in a folder of its own.
IGoalGroup[] groups = [new DispatchGoals(), new RingGoals()];

switch (args)
{
    case ["goals", .. string[] names]:
        return GoalReport.Run(groups, names, Console.Out, Console.Error);
    case ["dispatch", .. string[] names]:
        return DispatchTable.Print(names, Console.Out, Console.Error);
    case ["channels"]:
        await ExchangeTable.PrintAsync(Console.Out);
        return 0;
    case ["bdn", .. string[] rest]:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(rest, InProcessConfig.Create());
        return 0;
    default:
        Console.Error.WriteLine(
            """
            Usage: dotnet run -c Release --project benchmarks/Vmbus.Benchmarks -- goals [GROUP ...]
                       measures the goals, all or those of the groups named, and prints a line for each
                   dotnet run -c Release --project benchmarks/Vmbus.Benchmarks -- dispatch [CELL ...]
                       prints the table of docs/dispatch.md, all of it or of cells such as "dense 64"
                   dotnet run -c Release --project benchmarks/Vmbus.Benchmarks -- channels
                       compares whole exchanges between two endpoints with System.Threading.Channels
                   dotnet run -c Release --project benchmarks/Vmbus.Benchmarks -- bdn [ARGUMENTS]
                       runs BenchmarkDotNet, for exploration; --help shows its arguments
            """);
        return 1;
}
