using System.Diagnostics;
using System.Runtime;
using static Vmbus.Benchmarks.Harness.Medians;

namespace Vmbus.Benchmarks.Harness;

/// <summary>
/// Measures shapes against each other inside one run: every round takes one sample of each, in changing order, and only samples of the
/// same round are compared. What disturbs a round disturbs all of its shapes, or the round is dropped.
/// </summary>
internal sealed class InterleavedRun
{
    /// <summary>Long against the clock, short against a time slice of the operating system.</summary>
    private static readonly TimeSpan SampleTime = TimeSpan.FromMilliseconds(1);

    private static readonly TimeSpan WarmUpLimit = TimeSpan.FromMinutes(5);

    private readonly IReadOnlyList<Shape> _shapes;
    private readonly int[] _operations;
    private readonly List<double[]>[] _passes;
    private readonly double[] _bytesPerOperation;

    private InterleavedRun(IReadOnlyList<Shape> shapes, int passes)
    {
        _shapes = shapes;
        _operations = new int[shapes.Count];
        _bytesPerOperation = new double[shapes.Count];
        _passes = [.. Enumerable.Range(0, passes).Select(_ => new List<double[]>())];
    }

    /// <summary>Warms the shapes up until nothing is compiled any more, then measures them.</summary>
    /// <param name="shapes">What to compare.</param>
    /// <param name="passes">How many times to measure; a figure is the median of the passes.</param>
    /// <param name="rounds">How many undisturbed rounds a pass has.</param>
    public static InterleavedRun Measure(IReadOnlyList<Shape> shapes, int passes = 3, int rounds = 21)
    {
        var run = new InterleavedRun(shapes, passes);
        run.WarmUp();
        run.MeasureAllocation();
        foreach (List<double[]> pass in run._passes)
        {
            run.MeasurePass(pass, rounds);
        }

        return run;
    }

    /// <summary>How long one operation takes, in nanoseconds: the median over the passes of the median over the rounds.</summary>
    public double Nanoseconds(Shape shape)
    {
        int index = IndexOf(shape);
        return Median(_passes.Select(pass => Median(pass.Select(round => round[index]))));
    }

    /// <summary>How many times as fast as the baseline a shape is: the median over the passes of the median of the rounds' ratios.</summary>
    public double Speedup(Shape shape, Shape baseline)
    {
        int index = IndexOf(shape);
        int other = IndexOf(baseline);
        return Median(_passes.Select(pass => Median(pass.Select(round => round[other] / round[index]))));
    }

    /// <summary>How many times the baseline's time a shape takes: the median over the passes of the median of the rounds' ratios.</summary>
    public double Slowdown(Shape shape, Shape baseline) => 1 / Speedup(shape, baseline);

    /// <summary>The bytes that one operation allocates on its thread.</summary>
    public double BytesPerOperation(Shape shape) => _bytesPerOperation[IndexOf(shape)];

    private int IndexOf(Shape shape)
    {
        for (int i = 0; i < _shapes.Count; i++)
        {
            if (ReferenceEquals(_shapes[i], shape))
            {
                return i;
            }
        }

        throw new ArgumentException($"{shape.Name} was not measured.", nameof(shape));
    }

    /// <summary>
    /// Runs every shape until the runtime has compiled nothing new for a while and has nothing to compile: optimized code comes only after a delay that
    /// starts anew with every method that is compiled. On the way finds how many operations a sample takes.
    /// </summary>
    private void WarmUp()
    {
        using TierUp tierUp = new();
        Array.Fill(_operations, 64);
        var elapsed = Stopwatch.StartNew();
        int quiet = 0;
        while (quiet < 4 && elapsed.Elapsed < WarmUpLimit)
        {
            long compiled = JitInfo.GetCompiledMethodCount(currentThread: false);
            for (int i = 0; i < _shapes.Count; i++)
            {
                double nanoseconds = Sample(i);
                _operations[i] = (int)Math.Clamp(SampleTime.TotalNanoseconds / nanoseconds, 64, 1_000_000);
                for (int repeat = 0; repeat < 4; repeat++)
                {
                    Sample(i);
                }
            }

            Thread.Sleep(120);
            quiet = JitInfo.GetCompiledMethodCount(currentThread: false) == compiled && !tierUp.IsPending ? quiet + 1 : 0;
        }
    }

    private void MeasureAllocation()
    {
        for (int i = 0; i < _shapes.Count; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            _shapes[i].Run(_operations[i]);
            _bytesPerOperation[i] = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)_operations[i];
        }
    }

    private void MeasurePass(List<double[]> pass, int rounds)
    {
        // On a machine that interrupts nearly every round the rest counts, too: late figures are better than none.
        int attempts = rounds * 8;
        for (int attempt = 0; pass.Count < rounds; attempt++)
        {
            double[] round = new double[_shapes.Count];
            long interruptions = ThreadInterruptions.Count();
            for (int i = 0; i < _shapes.Count; i++)
            {
                int index = (i + attempt) % _shapes.Count;
                round[index] = Sample(index);
            }

            if (ThreadInterruptions.Count() == interruptions || attempt >= attempts)
            {
                pass.Add(round);
            }
        }
    }

    private double Sample(int index)
    {
        int operations = _operations[index];
        long start = Stopwatch.GetTimestamp();
        _shapes[index].Run(operations);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / operations;
    }
}
