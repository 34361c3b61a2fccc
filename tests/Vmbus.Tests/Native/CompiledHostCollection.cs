namespace Vmbus.Tests.Native;

/// <summary>Tests that drive the host in C: it is compiled once for all of them.</summary>
[CollectionDefinition(nameof(CompiledHost))]
public sealed class CompiledHostCollection : ICollectionFixture<CompiledHost>;
