using Xunit.Sdk;

namespace Vmbus.Gen.Package.Tests.Skipping;

/// <summary>A test that may find out while it runs that it has to be skipped, and then throws <see cref="SkipException"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Vmbus.Gen.Package.Tests.Skipping.SkippableFactDiscoverer", "Vmbus.Gen.Package.Tests")]
public sealed class SkippableFactAttribute : FactAttribute;
