using System.Text;
using Vmbus.Gen.TestKit.Generators;
using Vmbus.Gen.TestKit.Text;

namespace Vmbus.Gen.TestKit.Snapshots.Engine;

/// <summary>
/// Holds generated files to the verified ones beside the test. A difference is written as a <c>.received.</c> file and told as a diff;
/// with <c>VMBUS_ACCEPT_SNAPSHOTS=1</c> it is written as the verified file instead.
/// </summary>
public static class SnapshotComparer
{
    public const string AcceptVariable = "VMBUS_ACCEPT_SNAPSHOTS";

    private static readonly UTF8Encoding WithByteOrderMark = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    /// <param name="sources">All files of the run.</param>
    /// <param name="sourceFile">The source of the test; the verified files lie beside it.</param>
    /// <param name="method">The test.</param>
    /// <param name="parameters">As <c>size=2_reply=InBand</c>, or null.</param>
    /// <param name="accept">Writes instead of comparing; null: as the environment says.</param>
    public static void Verify(IReadOnlyCollection<GeneratedSource> sources, string sourceFile, string method, string? parameters = null, bool? accept = null)
    {
        string folder = Path.GetDirectoryName(sourceFile)!;
        if (!Directory.Exists(folder))
        {
            throw new InvalidOperationException(
                $"The folder of the test's source, {folder}, is not on this machine: build the tests where they run, and without deterministic source paths.");
        }

        bool accepts = accept ?? Environment.GetEnvironmentVariable(AcceptVariable) == "1";
        List<string> failures = [];
        HashSet<string> wanted = [];
        foreach (GeneratedSource source in sources)
        {
            SnapshotName name = SnapshotName.Of(sourceFile, method, parameters, source.HintName);
            if (!wanted.Add(name.Verified))
            {
                throw new VerificationFailedException($"Two generated files have the snapshot {name.Verified}.");
            }

            Compare(folder, name, ContentOf(source), accepts, failures);
        }

        foreach (string stale in VerifiedFilesOf(folder, SnapshotName.Of(sourceFile, method, parameters, "").Prefix).Where(f => !wanted.Contains(Path.GetFileName(f))))
        {
            if (accepts)
            {
                File.Delete(stale);
            }
            else
            {
                failures.Add($"{Path.GetFileName(stale)} is verified, but no such file is generated any more.\n");
            }
        }

        if (failures.Count > 0)
        {
            throw new VerificationFailedException(
                $"{string.Join("\n", failures)}\nIn {folder}. If the new text is right, run the test again with {AcceptVariable}=1 in the environment.");
        }
    }

    /// <summary>What the file of a generated source holds.</summary>
    private static string ContentOf(GeneratedSource source)
        => $"//HintName: {source.HintName}\n" + string.Join('\n', source.Text.ReplaceLineEndings("\n").Split('\n').Select(SnapshotText.ScrubVersion));

    private static void Compare(string folder, SnapshotName name, string content, bool accepts, List<string> failures)
    {
        string verifiedPath = Path.Combine(folder, name.Verified);
        string receivedPath = Path.Combine(folder, name.Received);
        string? verified = File.Exists(verifiedPath) ? File.ReadAllText(verifiedPath).ReplaceLineEndings("\n") : null;
        if (verified == content)
        {
            File.Delete(receivedPath);
        }
        else if (accepts)
        {
            Write(verifiedPath, content);
            File.Delete(receivedPath);
        }
        else
        {
            Write(receivedPath, content);
            DiffTool.Show(receivedPath, verifiedPath);
            failures.Add(verified is null
                ? $"{name.Verified} does not exist; received:\n{content}"
                : UnifiedDiff.Create(name.Verified, verified, name.Received, content));
        }
    }

    /// <summary>In one step, because the twin of a test project may write the same file at the same time.</summary>
    private static void Write(string path, string content)
    {
        string temporary = $"{path}.{Environment.ProcessId}.received.tmp";
        File.WriteAllText(temporary, content, WithByteOrderMark);
        File.Move(temporary, path, overwrite: true);
    }

    private static IEnumerable<string> VerifiedFilesOf(string folder, string prefix)
        => Directory.EnumerateFiles(folder, "*" + SnapshotName.VerifiedExtension).Where(f => Path.GetFileName(f).StartsWith(prefix, StringComparison.Ordinal));
}
