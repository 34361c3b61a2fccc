using System.Text;

namespace Vmbus.Tests.Model;

/// <summary>Why an endpoint of the model stopped or could not open.</summary>
internal enum ModelFault
{
    None,

    /// <summary>A packet was failed: the queue stops, the channel stays open.</summary>
    PacketFailed,

    /// <summary>A callback threw: the channel closes.</summary>
    CallbackThrew,

    /// <summary>The opening was refused.</summary>
    Refused,
}

/// <summary>What both endpoints of one opening have in common: which of them has left it.</summary>
internal sealed class ModelConnection
{
    public bool ServerLeft { get; set; }

    public bool ClientLeft { get; set; }
}

/// <summary>A packet, or the completion of one, in the ring of the model.</summary>
internal sealed record ModelPacket(long Sequence, PacketFate Fate, bool Waits, bool IsCompletion);

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

    /// <summary>Its incoming ring.</summary>
    public Queue<ModelPacket> Ring { get; } = new();

    public List<ModelPacket> Held { get; } = [];

    public List<ModelPacket> Lost { get; } = [];

    /// <summary>Its sent packets whose completion is awaited.</summary>
    public HashSet<long> Outstanding { get; } = [];

    /// <summary>What became of packets that it sent with the wait flag.</summary>
    public Dictionary<long, NtStatus> Outcomes { get; } = [];

    /// <summary>The packets whose completion was in the ring when the other endpoint left: it is a race which of the two is seen first.</summary>
    public HashSet<long> RacingOutcomes { get; } = [];

    public List<long> Delivered { get; } = [];

    /// <summary>The state-change callbacks: a pattern, because what one endpoint does while the other refuses is a race.</summary>
    public StringBuilder Log { get; } = new();

    public int Completed { get; set; }

    public int Closings { get; set; }

    /// <summary>Pauses that were asked for and have not ended; the value is how many have.</summary>
    public int PausesAsked { get; set; }

    public int PausesEnded { get; set; }

    public int DisablesAsked { get; set; }

    public int DisablesEnded { get; set; }

    public int Owed => Held.Count + Lost.Count;

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

/// <summary>
/// The state model of both endpoints, written as rules over what is wanted and what is: after each command they are applied until none applies any more.
/// It knows no thread, no ring and no bus.
/// </summary>
internal sealed class ReferenceModel(int quota)
{
    /// <summary>Packets that were completed since the last command.</summary>
    private readonly HashSet<(bool OnServer, long Sequence)> _completedNow = [];

    private Misbehaviour? _misbehaviour;

    public ModelEndpoint Server { get; private set; } = new(isServer: true);

    public ModelEndpoint Client { get; private set; } = new(isServer: false);

    public ModelEndpoint this[bool server] => server ? Server : Client;

    public void Misbehave(Misbehaviour misbehaviour) => _misbehaviour = misbehaviour;

    /// <returns>The status that the call throws with; null if it succeeds.</returns>
    public NtStatus? Enable(bool server)
    {
        ModelEndpoint endpoint = this[server];
        if (endpoint.IsEnabled || endpoint.IsAttached)
        {
            return NtStatus.InvalidDeviceState;
        }

        endpoint.IsEnabled = true;
        endpoint.IsAttached = true;
        endpoint.IsStarted = !endpoint.IsServer;
        endpoint.WasOpen = false;
        endpoint.StoppedByItself = false;
        endpoint.Fault = ModelFault.None;
        return null;
    }

    /// <returns>The status that the call throws with; null if it succeeds.</returns>
    public NtStatus? Start(bool server)
    {
        ModelEndpoint endpoint = this[server];
        if (!endpoint.IsEnabled)
        {
            return NtStatus.InvalidDeviceState;
        }

        endpoint.IsStarted = true;
        endpoint.IsPaused = false;
        return null;
    }

    public void Pause(bool server)
    {
        this[server].IsPaused = true;
        this[server].PausesAsked++;
    }

    public void Disable(bool server)
    {
        ModelEndpoint endpoint = this[server];
        endpoint.IsEnabled = false;
        endpoint.StoppedByItself = false;
        endpoint.DisablesAsked++;
    }

    /// <summary>Another channel takes the place of one that was disposed.</summary>
    public void Replace(bool server)
    {
        if (server)
        {
            Server = new ModelEndpoint(isServer: true);
        }
        else
        {
            Client = new ModelEndpoint(isServer: false);
        }
    }

    /// <returns>What Send answers.</returns>
    public NtStatus Send(bool server, long sequence, PacketFate fate, bool waits)
    {
        ModelEndpoint from = this[server];
        if (from.Connection is not { } connection || from.Fault != ModelFault.None)
        {
            return NtStatus.DeviceRemoved;
        }

        if (waits)
        {
            from.Outstanding.Add(sequence);
        }

        if (ReferenceEquals(this[!server].Connection, connection))
        {
            this[!server].Ring.Enqueue(new ModelPacket(sequence, fate, waits, IsCompletion: false));
        }

        return NtStatus.Success;
    }

    public void EndHeld(bool server, int index, bool fail)
    {
        ModelEndpoint endpoint = this[server];
        ModelPacket packet = endpoint.Held[index];
        endpoint.Held.RemoveAt(index);
        if (!fail)
        {
            Answer(endpoint, packet);
        }
        else if (endpoint.Fault == ModelFault.None)
        {
            endpoint.Fault = ModelFault.PacketFailed;
        }
    }

    /// <returns>How many packets are given up.</returns>
    public int Abandon(bool server)
    {
        int count = this[server].Lost.Count;
        this[server].Lost.Clear();
        return count;
    }

    /// <summary>Applies the rules until none applies.</summary>
    public void Settle()
    {
        _completedNow.Clear();
        bool moved;
        do
        {
            // Delivery first: a packet that ends the running of its channel was in the ring before whatever follows from it.
            moved = EndOutstanding(Server) || EndOutstanding(Client) || Deliver(Server) || Deliver(Client) || Step(Server) || Step(Client) || Open();
        }
        while (moved);

        foreach (ModelEndpoint endpoint in new[] { Server, Client })
        {
            if (!endpoint.IsRunning && !endpoint.IsDraining)
            {
                endpoint.PausesEnded = endpoint.PausesAsked;
            }

            if (!endpoint.IsAttached)
            {
                endpoint.DisablesEnded = endpoint.DisablesAsked;
            }
        }
    }

    private bool Step(ModelEndpoint endpoint)
    {
        if (endpoint.Connection is null)
        {
            if (endpoint.IsAttached && !endpoint.IsEnabled)
            {
                endpoint.IsAttached = false;
                return true;
            }

            return false;
        }

        bool shouldClose = !endpoint.IsEnabled || endpoint.IsPeerGone || endpoint.ClosesAfterFault;
        bool shouldRun = endpoint.IsStarted && !endpoint.IsPaused && endpoint.Fault == ModelFault.None;
        if (endpoint.IsRunning)
        {
            if (!shouldClose && shouldRun)
            {
                return false;
            }

            endpoint.IsRunning = false;
            endpoint.IsDraining = true;
            if (endpoint.IsPeerGone)
            {
                endpoint.RacingOutcomes.UnionWith(_completedNow.Where(packet => packet.OnServer == endpoint.IsServer).Select(packet => packet.Sequence));
            }

            Call(endpoint, StateCallback.Suspend);
            return true;
        }

        if (endpoint.IsDraining)
        {
            if (endpoint.Owed > 0)
            {
                return false;
            }

            endpoint.IsDraining = false;
            endpoint.PausesEnded = endpoint.PausesAsked;
            return true;
        }

        if (shouldClose)
        {
            Close(endpoint);
            return true;
        }

        if (shouldRun && !endpoint.IsStartARace)
        {
            endpoint.IsRunning = true;
            if (Call(endpoint, StateCallback.Started))
            {
                Call(endpoint, StateCallback.PostStarted);
            }

            return true;
        }

        return false;
    }

    private bool Open()
    {
        if (!Server.IsEnabled || !Client.IsEnabled || Server.Connection is not null || Client.Connection is not null)
        {
            return false;
        }

        (Server.Fault, Server.ClosesAfterFault) = (ModelFault.None, false);
        (Client.Fault, Client.ClosesAfterFault) = (ModelFault.None, false);
        if (_misbehaviour is { OnServer: true, Callback: StateCallback.Started })
        {
            // See WalkObserver.SparesFirstStart.
            _misbehaviour = null;
        }

        ModelConnection connection = new();
        if (!Call(Server, StateCallback.Opened))
        {
            Call(Client, StateCallback.PnpFailure);
            Client.Fault = ModelFault.Refused;
            Client.IsEnabled = false;
            return true;
        }

        Server.Connection = connection;
        if (!Call(Client, StateCallback.Opened))
        {
            if (Client.Fault == ModelFault.None)
            {
                Client.Fault = ModelFault.Refused;
            }

            // The server was open before.
            Client.IsEnabled = false;
            connection.ClientLeft = true;
            MakeStartOfServerARace();
            return true;
        }

        Client.Connection = connection;
        if (_misbehaviour is { OnServer: false, Callback: StateCallback.Started } && !Client.IsPaused)
        {
            MakeStartOfServerARace();
        }

        return true;
    }

    private void MakeStartOfServerARace()
    {
        if (Server.IsStarted && !Server.IsPaused)
        {
            Server.IsStartARace = true;
            Server.Log.Append("(SPU)?");
        }
    }

    private void Close(ModelEndpoint endpoint)
    {
        Call(endpoint, StateCallback.Closed);
        if (endpoint.IsServer)
        {
            endpoint.Connection!.ServerLeft = true;
        }
        else
        {
            endpoint.Connection!.ClientLeft = true;
        }

        endpoint.Connection = null;
        endpoint.IsStartARace = false;
        endpoint.Ring.Clear();
        Remove(endpoint);
        endpoint.WasOpen = true;
        endpoint.Closings++;
        if (endpoint.ClosesAfterFault && endpoint.IsEnabled)
        {
            endpoint.StoppedByItself = true;
            endpoint.IsEnabled = false;
        }
        else if (!endpoint.IsServer)
        {
            endpoint.IsEnabled = false;
        }
    }

    /// <summary>An endpoint that stopped by itself reads no completion any more.</summary>
    private static bool EndOutstanding(ModelEndpoint endpoint)
    {
        if (endpoint.Connection is null || endpoint.Fault == ModelFault.None || endpoint.Outstanding.Count == 0)
        {
            return false;
        }

        Remove(endpoint);
        return true;
    }

    private static void Remove(ModelEndpoint endpoint)
    {
        foreach (long sequence in endpoint.Outstanding)
        {
            endpoint.Outcomes.Add(sequence, NtStatus.DeviceRemoved);
        }

        endpoint.Outstanding.Clear();
    }

    private bool Deliver(ModelEndpoint endpoint)
    {
        if (!endpoint.IsRunning || endpoint.Fault != ModelFault.None || endpoint.Owed >= quota || !endpoint.Ring.TryDequeue(out ModelPacket? packet))
        {
            return false;
        }

        if (packet.IsCompletion)
        {
            endpoint.Outstanding.Remove(packet.Sequence);
            endpoint.Outcomes.Add(packet.Sequence, NtStatus.Success);
            _completedNow.Add((endpoint.IsServer, packet.Sequence));
            return true;
        }

        endpoint.Delivered.Add(packet.Sequence);
        switch (packet.Fate)
        {
            case PacketFate.Hold:
                endpoint.Held.Add(packet);
                break;
            case PacketFate.Lose:
                endpoint.Lost.Add(packet);
                break;
            case PacketFate.Fail:
                endpoint.Fault = ModelFault.PacketFailed;
                break;
            case PacketFate.Throw:
                endpoint.Fault = ModelFault.CallbackThrew;
                endpoint.ClosesAfterFault = true;
                break;
            default:
                Answer(endpoint, packet);
                break;
        }

        return true;
    }

    private void Answer(ModelEndpoint endpoint, ModelPacket packet)
    {
        endpoint.Completed++;
        ModelEndpoint sender = this[!endpoint.IsServer];
        if (packet.Waits && endpoint.Fault == ModelFault.None && endpoint.Connection is { } connection && ReferenceEquals(sender.Connection, connection))
        {
            sender.Ring.Enqueue(packet with { IsCompletion = true });
        }
    }

    /// <returns>Whether the callback returned well.</returns>
    private bool Call(ModelEndpoint endpoint, StateCallback callback)
    {
        endpoint.Log.Append((char)callback);
        if (_misbehaviour is not { } misbehaviour || misbehaviour.OnServer != endpoint.IsServer || misbehaviour.Callback != callback)
        {
            return true;
        }

        _misbehaviour = null;
        if (misbehaviour.Throws)
        {
            // The first reason holds, but what threw closes.
            endpoint.Fault = endpoint.Fault == ModelFault.None ? ModelFault.CallbackThrew : endpoint.Fault;
            endpoint.ClosesAfterFault = true;
        }

        return false;
    }
}
