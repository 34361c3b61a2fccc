using Vmbus.Analyzers.Benchmarks;

string folder = Path.Combine(Path.GetTempPath(), "vmbus-analysis");
switch (args)
{
    case ["method"]:
        MethodCost.Report(Console.Out);
        return 0;
    case ["build" or "warm", .. string[] rest] when rest.Length <= 2:
        int rounds = rest.Length > 1 ? int.Parse(rest[1], System.Globalization.CultureInfo.InvariantCulture) : 5;
        BuildShare.Report(folder, rest.Length > 0 ? rest[0] : "", rounds, inServer: args[0] == "warm", Console.Out);
        return 0;
    case ["keystroke", .. string[] rest] when rest.Length <= 1:
        KeystrokeCost.Report(rest.Length > 0 ? int.Parse(rest[0], System.Globalization.CultureInfo.InvariantCulture) : 1_000, Console.Out);
        return 0;
    default:
        Console.Error.WriteLine(
            """
            Usage: dotnet run -c Release --project benchmarks/Vmbus.Analyzers.Benchmarks -- method
                       what the completion analysis of one method takes, small and very large
                   dotnet run -c Release --project benchmarks/Vmbus.Analyzers.Benchmarks -- build [NAME [ROUNDS]]
                       compiles generated projects (those whose names contain NAME) with and without analyzers, each time in a new process; 5 rounds
                   dotnet run -c Release --project benchmarks/Vmbus.Analyzers.Benchmarks -- warm [NAME [ROUNDS]]
                       the same in a compiler server that has compiled before, as a second build finds it
                   dotnet run -c Release --project benchmarks/Vmbus.Analyzers.Benchmarks -- keystroke [FILES]
                       what the diagnostics of one file take after one key, in a project of FILES files (1,000)
            """);
        return 1;
}
