namespace Vmbus.Analyzers.Differential.Mutants;

/// <summary>A mistake that is put into the analyzers, to learn whether the random programs show it.</summary>
/// <param name="Name">What goes wrong.</param>
/// <param name="File">The source file, below the analyzers' project.</param>
/// <param name="Find">A piece of it that occurs once.</param>
/// <param name="Replace">What stands there in its place.</param>
internal sealed record Mutant(string Name, string File, string Find, string Replace)
{
    public override string ToString() => Name;
}
