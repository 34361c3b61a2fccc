namespace Vmbus.Gen.Package.Tests.Skipping;

/// <summary>Ends a <see cref="SkippableFactAttribute"/> as skipped: what it needs is not there, which only running could tell.</summary>
/// <param name="reason">What is not there.</param>
public sealed class SkipException(string reason) : Exception("SKIPPED: " + reason);
