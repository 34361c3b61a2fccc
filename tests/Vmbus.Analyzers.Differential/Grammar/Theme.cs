namespace Vmbus.Analyzers.Differential.Grammar;

/// <summary>Two constructs that a program shall have.</summary>
internal readonly record struct Theme(string First, string Second);
