namespace Vmbus.Analyzers.Benchmarks;

internal static class BuildShare
{
    public static int Report(string folder, TextWriter output, TextWriter error) => 1;
}
