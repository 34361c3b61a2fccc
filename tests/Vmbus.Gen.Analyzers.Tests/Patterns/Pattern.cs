namespace Vmbus.Gen.Analyzers.Tests.Patterns;

/// <summary>A pattern of control flow that both families of rules are held to.</summary>
/// <param name="Number">Its number; a case of a catalogue whose row is this number, or this number and a letter, belongs to it.</param>
/// <param name="Title">What it is.</param>
/// <param name="Completion">The verdict of the completion rules: see <see cref="PatternTable"/>.</param>
/// <param name="Blocking">The verdict of the IRQL rules.</param>
internal sealed record Pattern(string Number, string Title, string Completion, string Blocking);
