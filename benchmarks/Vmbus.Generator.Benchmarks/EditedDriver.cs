using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Vmbus.Generator.Benchmarks;

/// <summary>A generator in the editor: one driver that runs again after each edit. Its compilations are its own, so that nothing is bound for it by others.</summary>
internal sealed class EditedDriver
{
    private readonly List<double> _microseconds = [];
    private readonly List<double> _bytes = [];
    private CSharpCompilation _compilation;
    private GeneratorDriver _driver;

    public EditedDriver(IIncrementalGenerator generator, HandlerProject project)
    {
        // A compilation without the trees of another, so that not even declarations are shared.
        _compilation = project.Compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(project.Compilation.SyntaxTrees);
        _driver = CSharpGeneratorDriver.Create(generator).RunGenerators(_compilation);
    }

    public double Microseconds => Median(_microseconds);

    public double Bytes => Median(_bytes);

    public void Run(SyntaxTree edited, int index, bool counts)
    {
        _compilation = _compilation.ReplaceSyntaxTree(_compilation.SyntaxTrees[index], edited);
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        double start = ThreadTime.Microseconds();
        _driver = _driver.RunGenerators(_compilation);
        double time = ThreadTime.Microseconds() - start;
        if (counts)
        {
            _microseconds.Add(time);
            _bytes.Add(GC.GetAllocatedBytesForCurrentThread() - bytes);
        }
    }

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
