using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Diagnostics;
using Vmbus.Analyzers.Differential.Execution;
using Vmbus.Analyzers.Differential.Grammar;

namespace Vmbus.Analyzers.Differential.Comparison;

/// <summary>What analyzers are held against: programs of a language, what goes wrong when they run, and the rules that have to say so.</summary>
internal abstract class Proof
{
    /// <summary>What its programs are made of.</summary>
    public abstract Language Language { get; }

    /// <summary>The analyzers that the proof is about.</summary>
    public abstract ImmutableArray<DiagnosticAnalyzer> Analyzers { get; }

    /// <summary>All that can go wrong, each with the rules of which one is reported then.</summary>
    public abstract ImmutableArray<(string Fault, ImmutableArray<string> Rules)> Faults { get; }

    /// <summary>Whether something goes wrong of which a rule has to speak.</summary>
    public bool IsWrong(ProgramTruth truth) => Faults.Any(f => truth.Faults.Contains(f.Fault));

    /// <summary>Whether a report of one of a fault's rules counts for it in a program of which the truth is known.</summary>
    public virtual bool Counts(string rule, string fault, ProgramTruth truth) => true;

    /// <summary>Learns by running it along all its paths what goes wrong in a program.</summary>
    public abstract ProgramTruth Run(Type program, string text);
}
