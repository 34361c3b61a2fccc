namespace Vmbus;

/// <summary>Which callbacks of a channel run.</summary>
internal enum CallbackKind
{
    /// <summary>ProcessPacket, ProcessingComplete or a packet completion routine.</summary>
    Processing,

    /// <summary>Opened, Started, Suspend or Closed: the incoming queue does not run.</summary>
    StateChange,

    /// <summary>PostStarted: a state change while the incoming queue runs.</summary>
    PostStarted,

    /// <summary>The event that names what a Pause, Disable or close waits for.</summary>
    Report,
}
