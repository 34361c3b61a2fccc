namespace Vmbus.Gen.TestKit.Snapshots.Engine;

/// <summary>
/// Names files as Verify.SourceGenerators does: <c>Class.Method_parameter=value#Hint.g.verified.cs</c> beside the source of the test, so that either engine
/// reads what the other has written.
/// </summary>
/// <param name="Class">The class of the test, which is the name of its file.</param>
/// <param name="Method">The test.</param>
/// <param name="Parameters">As <c>size=2_reply=InBand</c>; empty without parameters.</param>
/// <param name="Hint">The hint name without its last extension.</param>
public sealed record SnapshotName(string Class, string Method, string Parameters, string Hint)
{
    public const string VerifiedExtension = ".verified.cs";

    public const string ReceivedExtension = ".received.cs";

    /// <summary>What the files of one test case start with.</summary>
    public string Prefix => $"{Class}.{Method}{(Parameters.Length == 0 ? "" : "_" + Parameters)}#";

    public string Verified => Prefix + Hint + VerifiedExtension;

    public string Received => Prefix + Hint + ReceivedExtension;

    public static SnapshotName Of(string sourceFile, string method, string? parameters, string hintName)
        => new(Path.GetFileNameWithoutExtension(sourceFile), method, parameters ?? "", Path.GetFileNameWithoutExtension(hintName));

    /// <summary>Takes the name of a verified file apart; null if it is none of a generated source.</summary>
    public static SnapshotName? TryParse(string fileName)
    {
        if (!fileName.EndsWith(VerifiedExtension, StringComparison.Ordinal))
        {
            return null;
        }

        string name = fileName[..^VerifiedExtension.Length];
        int hash = name.IndexOf('#');
        int dot = name.IndexOf('.');
        if (hash < 0 || dot < 0 || dot > hash)
        {
            return null;
        }

        // Parameters hold a '='; a method name may hold '_' itself, so the first part with a '=' begins the parameters.
        string[] parts = name[(dot + 1)..hash].Split('_');
        int firstParameter = Array.FindIndex(parts, static p => p.Contains('='));
        return firstParameter < 0
            ? new SnapshotName(name[..dot], string.Join('_', parts), "", name[(hash + 1)..])
            : new SnapshotName(name[..dot], string.Join('_', parts[..firstParameter]), string.Join('_', parts[firstParameter..]), name[(hash + 1)..]);
    }
}
