namespace Vmbus.Benchmarks.Harness;

/// <summary>One way to do an operation, to be compared with others.</summary>
internal abstract class Shape(string name)
{
    public string Name => name;

    /// <summary>Does the operation this many times, and checks that it did what it should.</summary>
    public abstract void Run(int operations);
}
