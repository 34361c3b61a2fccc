namespace Vmbus;

/// <summary>What an endpoint tells its bus. Calls return at once.</summary>
internal abstract class BusPort
{
    /// <summary>To a client: what it is offered; <see langword="null"/> while there is no offer, and on a server.</summary>
    public virtual VmbusOffer? Offer => null;

    /// <summary>
    /// From a server: answers <see cref="IBusEndpoint.OpenRequested"/>. The rings name the request: the client may have given it up and made another meanwhile,
    /// which this is no answer to.
    /// </summary>
    public abstract void AnswerOpen(ChannelRings rings, NtStatus status);

    /// <summary>From a client that was offered the channel: asks the server to open it.</summary>
    public abstract void Open(ChannelRings rings);

    /// <summary>From a client: closes what it opened.</summary>
    public abstract void Close();

    /// <summary>Signals the other side. DISPATCH_LEVEL or lower.</summary>
    public abstract void Signal();

    /// <summary>From a client: describes shared memory to the server.</summary>
    public abstract void CreateGpadl(SharedGpadl gpadl);

    /// <summary>From a client: takes a GPADL back.</summary>
    /// <returns>Ends when the server has it mapped no more.</returns>
    public abstract Task TearDownGpadl(uint handle);

    /// <summary>From a server: maps a GPADL of the client; one mapping at a time.</summary>
    public abstract NtStatus MapGpadl(uint handle, out SharedGpadl? gpadl);

    /// <summary>From a server: unmaps it.</summary>
    public abstract void UnmapGpadl(uint handle);

    /// <summary>Leaves the bus; from a server this withdraws the offer.</summary>
    public abstract void Detach();

    /// <summary>
    /// From a server that was saved: leaves the bus without the client's noticing, so that a server that is restored finds the opening, which
    /// <see cref="IBusEndpoint.RestoredOpening"/> names. A bus that cannot keep it, or finds the client in another, does as <see cref="Detach"/>.
    /// </summary>
    public virtual void DetachSaved(Guid opening) => Detach();
}
