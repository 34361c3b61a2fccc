namespace Vmbus.Tests;

/// <summary>Tests that need both their threads running at the same time: no other test runs beside them.</summary>
[CollectionDefinition(nameof(AloneOnTheMachine), DisableParallelization = true)]
public sealed class AloneOnTheMachine;
