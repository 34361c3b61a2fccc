namespace Vmbus.Gen.TestKit.Analyzers;

/// <summary>The message that diagnostics of a rule have to carry.</summary>
/// <param name="Id">The rule.</param>
/// <param name="Text">The whole message.</param>
/// <param name="Index">Which of the rule's diagnostics, in the order of their places and from 0; null for all of them.</param>
public sealed record ExpectedMessage(string Id, string Text, int? Index = null);
