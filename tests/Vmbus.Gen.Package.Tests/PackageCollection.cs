namespace Vmbus.Gen.Package.Tests;

[CollectionDefinition(nameof(PackedFeed))]
public sealed class PackageCollection : ICollectionFixture<PackedFeed>;
