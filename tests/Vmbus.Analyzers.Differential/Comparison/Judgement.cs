using System.Collections.Immutable;
using Vmbus.Analyzers.Differential.Execution;
using Vmbus.Analyzers.Differential.Grammar;

namespace Vmbus.Analyzers.Differential.Comparison;

/// <summary>Truth and verdict about a program.</summary>
/// <param name="Program">The program.</param>
/// <param name="Text">How it is written.</param>
/// <param name="Truth">What running it has shown.</param>
/// <param name="Reported">The rules that are reported.</param>
/// <param name="Missed">What goes wrong on some path and is not reported.</param>
internal sealed record Judgement(RandomProgram? Program, string Text, ProgramTruth Truth, ImmutableArray<string> Reported, ImmutableSortedSet<string> Missed)
{
    public bool IsMissed => !Missed.IsEmpty;

    /// <summary>Whether something is reported though nothing goes wrong on any path.</summary>
    public bool IsUnexpected => Truth is { IsKnown: true, IsCorrect: true } && Reported.Length > 0;

    public bool IsDifferent => IsMissed || IsUnexpected;

    public override string ToString()
        => $"""
            // truth: {(Truth.IsCorrect ? "correct" : string.Join(" ", Truth.Faults))} on {Truth.Paths} paths; {Truth.Example}
            // reported: {string.Join(" ", Reported)}
            // {(IsUnexpected ? "UNEXPECTED" : $"MISSED {string.Join(" ", Missed)}")}
            {Text}
            """;
}
