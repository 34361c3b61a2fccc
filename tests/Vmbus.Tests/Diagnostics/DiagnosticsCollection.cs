namespace Vmbus.Tests.Diagnostics;

/// <summary>Listeners are of the whole process: these tests do not run beside each other.</summary>
[CollectionDefinition(nameof(Diagnostics), DisableParallelization = true)]
public sealed class DiagnosticsCollection;
