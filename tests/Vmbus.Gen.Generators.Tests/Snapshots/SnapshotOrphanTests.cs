using System.Runtime.CompilerServices;
using Vmbus.Gen.TestKit.Snapshots.Engine;

namespace Vmbus.Gen.Generators.Tests.Snapshots;

public sealed class SnapshotOrphanTests
{
    [Fact]
    public void Every_verified_file_has_its_test() => SnapshotOrphans.Verify(typeof(SnapshotOrphanTests).Assembly, FolderOfThisFile());

    private static string FolderOfThisFile([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
