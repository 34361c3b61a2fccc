using System.Collections.Immutable;

namespace Vmbus.Analyzers.Differential.Grammar;

/// <summary>A function that a program consists of: what it is given, and with what kind of subject it begins.</summary>
/// <param name="Header">The method as it is written, up to its body. Its name is Handle.</param>
/// <param name="Subject">What the subject is called.</param>
/// <param name="Kind">The kind of the subject.</param>
/// <param name="Scope">What may be written in it.</param>
/// <param name="Weight">How often it is chosen.</param>
/// <param name="Construct">The construct that it is an example of; empty for none.</param>
internal sealed record RootTemplate(string Header, string Subject, string Kind, ScopeKind Scope, int Weight, string Construct = "")
{
    /// <summary>The constructs that it is an example of.</summary>
    public ImmutableArray<string> Constructs { get; } = Construct.Length == 0 ? [] : [Construct];

    /// <summary>What has to be done about the subject.</summary>
    public Goal Goal { get; init; } = Goal.End;

    /// <summary>What stands at the end of the body.</summary>
    public string Ending { get; init; } = "";
}
