using Vmbus.Analyzers.Benchmarks;

switch (args)
{
    case ["method"]:
        MethodCost.Report(Console.Out);
        return 0;
    case ["build", .. string[] rest]:
        return BuildShare.Report(rest.Length > 0 ? rest[0] : Path.Combine(Path.GetTempPath(), "vmbus-analysis"), Console.Out, Console.Error);
    default:
        Console.Error.WriteLine(
            """
            Usage: dotnet run -c Release --project benchmarks/Vmbus.Analyzers.Benchmarks -- method
                       what the completion analysis of one method takes, small and very large
                   dotnet run -c Release --project benchmarks/Vmbus.Analyzers.Benchmarks -- build [FOLDER]
                       generates projects in the folder, builds each with ReportAnalyzer, and prints the share of each analyzer
            """);
        return 1;
}
