namespace Vmbus.Tool.Header;

/// <summary>A class of handlers with native entry points.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="EntryPoints">In the order of the callback table.</param>
internal sealed record NativeClass(string Name, IReadOnlyList<NativeEntryPoint> EntryPoints)
{
    /// <summary>What the names of its symbols begin with.</summary>
    public string Prefix { get; } = EntryPoints[0].Symbol[..^(EntryPoints[0].Callback.Length + 1)];
}
