namespace Vmbus.Gen.TestKit.Generators;

/// <summary>A file that a generator added.</summary>
public sealed record GeneratedSource(string HintName, string Text);
