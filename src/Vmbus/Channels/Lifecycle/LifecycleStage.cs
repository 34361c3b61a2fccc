namespace Vmbus;

/// <summary>How far an endpoint actually is, as opposed to what was asked of it.</summary>
internal enum LifecycleStage
{
    /// <summary>Not on the bus.</summary>
    Detached,

    /// <summary>Being put on the bus by Enable.</summary>
    Attaching,

    /// <summary>On the bus, not open.</summary>
    Attached,

    /// <summary>Client: waits for the server's answer.</summary>
    Opening,

    /// <summary>Open, the incoming queue does not run.</summary>
    Open,

    /// <summary>Open, the incoming queue runs.</summary>
    Running,

    /// <summary>The incoming queue was told to stop.</summary>
    Stopping,

    /// <summary>Suspended: waits until nothing is owed.</summary>
    Suspended,
}
