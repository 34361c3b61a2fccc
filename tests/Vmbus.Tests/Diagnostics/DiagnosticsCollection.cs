namespace Vmbus.Tests.Diagnostics;

/// <summary>Listeners are of the whole process: these tests do not run beside each other.</summary>
[CollectionDefinition(nameof(Diagnostics))]
public sealed class DiagnosticsCollection;
