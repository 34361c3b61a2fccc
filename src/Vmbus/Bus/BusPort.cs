namespace Vmbus;

/// <summary>What an endpoint tells its bus. Calls return at once.</summary>
internal abstract class BusPort
{
    /// <summary>From a client: memory for the rings of an opening, with clean control pages.</summary>
    /// <param name="clientToServerSize">The data size of the one ring in bytes.</param>
    /// <param name="serverToClientSize">The data size of the other.</param>
    /// <exception cref="VmbusException">There is not so much memory to share.</exception>
    public abstract ChannelRings AllocateRings(int clientToServerSize, int serverToClientSize);

    /// <summary>Whether memory can be shared as it lies; else the other side sees a copy, which serves a packet and no GPADL.</summary>
    public virtual bool IsGuestMemory(Memory<byte> memory) => true;

    /// <summary>Where in its first page the other side will find memory that is shared.</summary>
    public virtual uint GetByteOffset(Memory<byte> memory) => 0;

    /// <summary>From a client: shares memory with the server. DISPATCH_LEVEL or lower.</summary>
    /// <param name="memory">The memory; not empty.</param>
    /// <param name="isReadOnly">Whether the server is asked only to read it.</param>
    /// <param name="pageFrameNumbers">Receives the numbers of as many pages as the memory spans from its byte offset on.</param>
    /// <returns><see langword="false"/>: there is no room for more.</returns>
    public abstract bool TryShareMemory(Memory<byte> memory, bool isReadOnly, Span<ulong> pageFrameNumbers);

    /// <summary>From a client: takes memory back. DISPATCH_LEVEL or lower.</summary>
    /// <param name="memory">The memory that was shared.</param>
    /// <param name="isReadOnly">As it was shared.</param>
    /// <param name="pageFrameNumbers">The numbers that it was shared under.</param>
    /// <param name="isSettled">Whether the server has said that it is done with it; else it may still use it until it has closed.</param>
    public abstract void UnshareMemory(Memory<byte> memory, bool isReadOnly, ReadOnlySpan<ulong> pageFrameNumbers, bool isSettled);

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

    /// <summary>From a client: describes shared memory to the server. PASSIVE_LEVEL: it may wait until the server's side knows it.</summary>
    /// <returns>Success, or why the server's side does not take it.</returns>
    public abstract NtStatus CreateGpadl(SharedGpadl gpadl);

    /// <summary>From a client: takes a GPADL back.</summary>
    /// <returns>Ends when the server has it mapped no more; false: that is not known, as the other side has gone.</returns>
    public abstract Task<bool> TearDownGpadl(uint handle);

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
