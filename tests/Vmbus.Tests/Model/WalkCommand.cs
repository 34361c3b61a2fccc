using Vmbus.Tests.Channels;

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
    Cancel,
    CompleteHeld,
    FailHeld,
    Abandon,
    CreateGpadl,
    MapGpadl,
    UnmapGpadl,
    DeleteGpadl,

    /// <summary>Saves the server and goes on with it.</summary>
    Save,

    /// <summary>Saves the server and goes on with another one that is restored.</summary>
    Move,
    Misbehave,
}

/// <summary>By which call a packet is sent.</summary>
internal enum SendForm
{
    /// <summary>VmbusChannel.Send: nobody is told.</summary>
    Channel,

    /// <summary>VmbusPacket.Send.</summary>
    Packet,

    /// <summary>VmbusChannel.TrySend: never queued.</summary>
    Try,
}

/// <summary>How a packet is sent, and what its receiver does with it.</summary>
/// <param name="Fate">What the receiver does.</param>
/// <param name="Form">By which call.</param>
/// <param name="WantsCompletion">With <see cref="SendForm.Packet"/>: whether the wait flag is set.</param>
/// <param name="HasData">With <see cref="SendForm.Packet"/>, on a client: whether it references memory, each byte of which the receiver increments.</param>
/// <param name="IsLarge">Whether only two of its size fit into the ring.</param>
internal readonly record struct PacketSend(PacketFate Fate, SendForm Form, bool WantsCompletion, bool HasData, bool IsLarge)
{
    /// <summary>The length of the payload of a completion.</summary>
    public const int AnswerLength = 8;

    public int Length => IsLarge ? 1900 : 16;

    /// <summary>Whether the sender waits for a completion.</summary>
    public bool Waits => Form == SendForm.Packet && (WantsCompletion || HasData);

    /// <summary>Whether the sender is told when the packet is in the ring.</summary>
    public bool IsDoneInRing => Form == SendForm.Packet && !Waits;

    public override string ToString() => $"{Fate}, {Form}{(Waits ? ", wait" : "")}{(HasData ? ", data" : "")}{(IsLarge ? ", large" : "")}";
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
/// <param name="Send">For Send.</param>
/// <param name="Blocks">For Pause, Disable and Dispose: the blocking form, where the model says that it returns.</param>
/// <param name="Index">Which of the packets or GPADLs that there are.</param>
/// <param name="Misbehaviour">For Misbehave.</param>
internal sealed record WalkCommand(WalkAction Action, bool OnServer, PacketSend Send = default, bool Blocks = false, int Index = 0, Misbehaviour? Misbehaviour = null)
{
    public override string ToString()
    {
        string side = OnServer ? "server" : "client";
        return Action switch
        {
            WalkAction.Send => $"{side}.Send({Send})",
            WalkAction.Pause or WalkAction.Disable or WalkAction.Dispose => $"{side}.{Action}{(Blocks ? "" : "Async")}",
            WalkAction.CompleteHeld or WalkAction.FailHeld or WalkAction.Cancel => $"{side}.{Action}[{Index}]",
            WalkAction.MapGpadl or WalkAction.UnmapGpadl or WalkAction.DeleteGpadl => $"{Action}[{Index}]",
            WalkAction.CreateGpadl or WalkAction.Save or WalkAction.Move => Action.ToString(),
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
/// <param name="HasBacklogs">
/// Whether packets may be so large that they wait for room. What a channel that stops by itself has sent by then is a race, so that none does in such a settled walk.
/// </param>
/// <param name="Bus">What carries the channel.</param>
/// <param name="Data">When external data is there.</param>
internal sealed record WalkConfiguration(int Quota, bool ServerAtPassive, bool ClientAtPassive, bool InPlace, bool HasBacklogs, BusKind Bus, ExternalDataMode Data)
{
    /// <summary>The data size of both rings.</summary>
    public const int RingSize = 4096;
}

/// <summary>A walk: one list of commands for each thread.</summary>
internal sealed record Walk(WalkConfiguration Configuration, WalkCommand[][] Threads)
{
    public override string ToString()
        => Configuration + string.Concat(Threads.Select((commands, thread) => $"{Environment.NewLine}{(Threads.Length == 1 ? "" : $"thread {thread}: ")}{string.Join("; ", commands.AsEnumerable())}"));
}
