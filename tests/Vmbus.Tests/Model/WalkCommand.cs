namespace Vmbus.Tests.Model;

/// <summary>What a walk does to one endpoint.</summary>
internal enum WalkAction
{
    Enable,
    Start,
    Pause,
    Disable,
    Dispose,
    Send,
    CompleteHeld,
    FailHeld,
    Abandon,
    Misbehave,
}

/// <summary>What the handler does with a packet; it travels in the packet.</summary>
internal enum PacketFate : byte
{
    Complete,
    Hold,
    Defer,
    Lose,
    Fail,
    Throw,
}

/// <summary>The state-change callbacks, as they are written in a log.</summary>
internal enum StateCallback
{
    Opened = 'O',
    Started = 'S',
    PostStarted = 'P',
    Suspend = 'U',
    Closed = 'C',
    PnpFailure = 'F',
}

/// <summary>What the next call of a state-change callback does instead of returning well.</summary>
/// <param name="OnServer">Whose callback.</param>
/// <param name="Callback">Which.</param>
/// <param name="Throws">Whether it throws; else, and only from Opened, it answers a failure status.</param>
internal sealed record Misbehaviour(bool OnServer, StateCallback Callback, bool Throws)
{
    public override string ToString() => $"{(OnServer ? "server" : "client")} {Callback} {(Throws ? "throws" : "fails")}";
}

/// <summary>One step of a walk.</summary>
/// <param name="Action">What is done.</param>
/// <param name="OnServer">To which endpoint.</param>
/// <param name="Fate">For Send: what the receiver does.</param>
/// <param name="Waits">For Send: whether a completion is asked for. For Pause and Disable: the blocking form, where the model says that it returns.</param>
/// <param name="Index">For CompleteHeld and FailHeld: which of the held packets.</param>
/// <param name="Misbehaviour">For Misbehave.</param>
internal sealed record WalkCommand(WalkAction Action, bool OnServer, PacketFate Fate, bool Waits, int Index, Misbehaviour? Misbehaviour)
{
    public override string ToString()
    {
        string side = OnServer ? "server" : "client";
        return Action switch
        {
            WalkAction.Send => $"{side}.Send({Fate}{(Waits ? ", wait" : "")})",
            WalkAction.Pause or WalkAction.Disable or WalkAction.Dispose => $"{side}.{Action}{(Waits ? "" : "Async")}",
            WalkAction.CompleteHeld or WalkAction.FailHeld => $"{side}.{Action}[{Index}]",
            WalkAction.Misbehave => $"next {Misbehaviour}",
            _ => $"{side}.{Action}",
        };
    }
}

/// <summary>How the endpoints of a walk are configured.</summary>
/// <param name="Quota">The transaction quota of both.</param>
/// <param name="ServerAtPassive">Whether the server processes at PASSIVE_LEVEL.</param>
/// <param name="ClientAtPassive">Whether the client does.</param>
/// <param name="InPlace">Whether both read packets in place.</param>
internal sealed record WalkConfiguration(int Quota, bool ServerAtPassive, bool ClientAtPassive, bool InPlace);

/// <summary>A walk: one list of commands for each thread.</summary>
internal sealed record Walk(WalkConfiguration Configuration, WalkCommand[][] Threads)
{
    public override string ToString()
        => Configuration + string.Concat(Threads.Select((commands, thread) => $"{Environment.NewLine}{(Threads.Length == 1 ? "" : $"thread {thread}: ")}{string.Join("; ", commands.AsEnumerable())}"));
}
