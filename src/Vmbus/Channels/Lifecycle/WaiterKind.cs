namespace Vmbus;

/// <summary>What somebody waits for.</summary>
internal enum WaiterKind
{
    /// <summary>Nothing is delivered or owed.</summary>
    Paused,

    /// <summary>The endpoint has left the bus.</summary>
    Disabled,
}
