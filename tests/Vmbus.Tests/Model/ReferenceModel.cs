namespace Vmbus.Tests.Model;

/// <summary>
/// The state model of both endpoints, written as rules over what is wanted and what is: after each command they are applied until none applies any more.
/// It knows no thread, no ring and no bus.
/// </summary>
internal sealed partial class ReferenceModel(int quota)
{
    /// <summary>Packets that were completed since the last command.</summary>
    private readonly HashSet<(bool OnServer, long Sequence)> _completedNow = [];

    /// <summary>Packets with external data that were in the ring.</summary>
    private readonly HashSet<(bool OnServer, long Sequence)> _withData = [];

    private Misbehaviour? _misbehaviour;

    public ModelEndpoint Server { get; private set; } = new(isServer: true);

    public ModelEndpoint Client { get; private set; } = new(isServer: false);

    public ModelEndpoint this[bool server] => server ? Server : Client;

    /// <summary>What the next call of a callback does instead of returning well.</summary>
    public Misbehaviour? NextMisbehaviour => _misbehaviour;

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

    /// <summary>Another channel, restored from what the server saved, takes its place in the opening that stands.</summary>
    public void Move()
    {
        ModelEndpoint former = Server;
        Server = new ModelEndpoint(isServer: true) { IsEnabled = true, IsAttached = true, Connection = former.Connection };
        foreach (ModelGpadl gpadl in former.Connection?.Gpadls ?? [])
        {
            gpadl.IsMapped = false;
        }

        if (former.Connection is null)
        {
            return;
        }

        if (_misbehaviour is { OnServer: true, Callback: StateCallback.Closed or StateCallback.Started })
        {
            // The one that leaves has called Closed; for Started see WalkObserver.SparesFirstStart.
            _misbehaviour = null;
        }

        Server.Log.Append((char)StateCallback.Opened);
        Server.Backlog.AddRange(former.Backlog);
        Server.Outstanding.UnionWith(former.Outstanding);
    }

    /// <summary>Applies the rules until none applies.</summary>
    public void Settle()
    {
        _completedNow.Clear();
        bool moved;
        do
        {
            // Delivery first: a packet that ends the running of its channel was in the ring before whatever follows from it.
            moved = EndSending(Server) || EndSending(Client) || Drain(Server) || Drain(Client) || Deliver(Server) || Deliver(Client) || Step(Server) || Step(Client) || Open();
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

        EndGpadls(endpoint);
        endpoint.Connection = null;
        endpoint.IsStartARace = false;
        EndSent(endpoint);
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
