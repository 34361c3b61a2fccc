using System.Text;

namespace Vmbus.Tests.Model;

/// <summary>One endpoint as KMCL's state model has it, when nothing is under way any more.</summary>
internal sealed class ModelEndpoint(bool isServer)
{
    public bool IsServer { get; } = isServer;

    public bool IsEnabled { get; set; }

    public bool IsStarted { get; set; } = !isServer;

    public bool IsPaused { get; set; }

    /// <summary>Whether it is on the bus.</summary>
    public bool IsAttached { get; set; }

    /// <summary>What it has open.</summary>
    public ModelConnection? Connection { get; set; }

    public bool IsRunning { get; set; }

    /// <summary>Whether it was suspended and waits for owed packets.</summary>
    public bool IsDraining { get; set; }

    /// <summary>Whether the other endpoint leaves at once, so that it is a race whether this one starts before it is told.</summary>
    public bool IsStartARace { get; set; }

    public bool WasOpen { get; set; }

    public bool StoppedByItself { get; set; }

    /// <summary>The first reason.</summary>
    public ModelFault Fault { get; set; }

    /// <summary>Whether a callback threw, so that the channel closes.</summary>
    public bool ClosesAfterFault { get; set; }

    /// <summary>Its incoming ring, while it is open.</summary>
    public Queue<ModelPacket>? Incoming => IsServer ? Connection?.ToServer : Connection?.ToClient;

    /// <summary>The ring that it sends on, while it is open.</summary>
    public Queue<ModelPacket>? Outgoing => IsServer ? Connection?.ToClient : Connection?.ToServer;

    /// <summary>What it has sent and what found no room in the ring of the other endpoint.</summary>
    public List<ModelPacket> Backlog { get; } = [];

    public List<ModelPacket> Held { get; } = [];

    public List<ModelPacket> Lost { get; } = [];

    /// <summary>Its sent packets whose completion is awaited.</summary>
    public SortedSet<long> Outstanding { get; } = [];

    /// <summary>What became of packets that it sent with the wait flag.</summary>
    public Dictionary<long, NtStatus> Outcomes { get; } = [];

    /// <summary>The packets whose completion was in the ring when the other endpoint left: it is a race which of the two is seen first.</summary>
    public HashSet<long> RacingOutcomes { get; } = [];

    public List<long> Delivered { get; } = [];

    /// <summary>The state-change callbacks: a pattern, because what one endpoint does while the other refuses is a race.</summary>
    public StringBuilder Log { get; } = new();

    public int Completed { get; set; }

    /// <summary>How many packets it has put into the ring, completions included.</summary>
    public int Sent { get; set; }

    public int Closings { get; set; }

    /// <summary>Pauses that were asked for and have not ended; the value is how many have.</summary>
    public int PausesAsked { get; set; }

    public int PausesEnded { get; set; }

    public int DisablesAsked { get; set; }

    public int DisablesEnded { get; set; }

    public int Owed => Held.Count + Lost.Count;

    /// <summary>Packets that count against the quota: owed, or completed and the completion is not in the ring.</summary>
    public int Charged => Owed + Backlog.Count(packet => packet.IsCompletion);

    /// <summary>Its packets that may be given up: under way, or waiting for room and then done.</summary>
    public List<long> UnderWay => [.. Outstanding.Concat(Backlog.Where(packet => packet is { IsCompletion: false, Send.IsDoneInRing: true }).Select(packet => packet.Sequence)).Order()];

    /// <summary>Whether it may be saved: paused, with nothing owed and nothing about to happen.</summary>
    public bool CanBeSaved => IsServer && IsEnabled && IsAttached && IsPaused && !IsRunning && !IsDraining && (Connection is null || Fault == ModelFault.None) && Owed == 0 && !IsPeerGone;

    /// <summary>Whether the other endpoint has left what this one has open.</summary>
    public bool IsPeerGone => Connection is { } connection && (IsServer ? connection.ClientLeft : connection.ServerLeft);

    public ChannelState State
    {
        get
        {
            if ((Connection is not null && Fault != ModelFault.None) || (StoppedByItself && !IsEnabled))
            {
                return ChannelState.Stopped;
            }

            if (!IsAttached)
            {
                return ChannelState.Disabled;
            }

            if (Connection is null)
            {
                return WasOpen ? ChannelState.Closed : IsServer && IsStarted ? ChannelState.Started : ChannelState.Enabled;
            }

            return IsRunning ? ChannelState.Active : IsPaused ? ChannelState.Paused : ChannelState.Opened;
        }
    }
}
