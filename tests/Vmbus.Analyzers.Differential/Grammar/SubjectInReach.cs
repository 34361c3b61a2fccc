namespace Vmbus.Analyzers.Differential.Grammar;

/// <summary>Something that a statement may be about.</summary>
/// <param name="Kind">Its kind, in the terms of the language.</param>
/// <param name="Expression">How it is written; empty while a program is being made.</param>
internal readonly record struct SubjectInReach(string Kind, string Expression);
