using System.Net.Sockets;

namespace Vmbus;

/// <summary>
/// A bus between two processes. The host's process makes it and has the server endpoints; the guest's connects and has the client endpoints. Rings, GPADLs and
/// external data lie in memory that both have mapped; offers, openings and signals go through a Unix domain socket. A process that ends, however, closes its
/// channels in order on the other side.
/// </summary>
/// <remarks>
/// Neither side trusts what the other writes: every index, length, page number and message is checked, and one that cannot be right stops its channel, or, for a
/// message about channels, ends the connection. On Linux and Windows neither can shorten the memory; elsewhere it is a file, and a peer that shortens it can end
/// this process. Socket and memory belong to the user who made them.
/// </remarks>
public abstract class SharedMemoryBus : VmbusBus, IDisposable, IAsyncDisposable
{
    private string? _disconnectReason;

    private protected SharedMemoryBus(string path, VmbusBusOptions options)
        : base(options) => Path = path;

    /// <summary>The path of the socket.</summary>
    public string Path { get; }

    /// <summary>Whether this is the host's side, which has the server endpoints.</summary>
    public abstract bool IsHost { get; }

    /// <summary>Whether the other process is there now.</summary>
    public abstract bool IsConnected { get; }

    /// <summary>Ends when the other process, which is there now, has gone: closed the bus or died. On a host without a guest it has ended.</summary>
    public abstract Task WhenDisconnected { get; }

    /// <summary>
    /// Why the connection with the other process that was there last was broken off: what it said that cannot be. <see langword="null"/>: it is there, or has closed or
    /// died. Known when <see cref="WhenDisconnected"/> has ended.
    /// </summary>
    public string? DisconnectReason => Volatile.Read(ref _disconnectReason);

    /// <summary>Makes the host's side of a bus, which one guest at a time may connect to; after that has gone, another.</summary>
    /// <param name="path">Where the socket is made: a path that the guest knows, in a directory of the same user. A socket that a dead process has left there is replaced.</param>
    /// <param name="options">How the bus behaves; <see langword="null"/>: the defaults.</param>
    /// <exception cref="VmbusException">The options are out of range, or a living process has a bus there.</exception>
    /// <exception cref="SocketException">The socket cannot be made.</exception>
    /// <exception cref="IrqlViolationException">It was called above PASSIVE_LEVEL.</exception>
    [IrqlRequiresMax(Irql.Passive)]
    public static SharedMemoryBus CreateHost(string path, VmbusBusOptions? options = null)
    {
        KernelIrql.RequirePassive("SharedMemoryBus.CreateHost", "It makes a socket; call it from ordinary code.");
        ArgumentChecks.RequireText(path);
        options ??= new VmbusBusOptions();
        OptionChecks.Require(
            SharedMemoryLayout.IsSize(options.GuestMemorySize),
            NtStatus.InvalidParameter2,
            nameof(VmbusBusOptions),
            nameof(VmbusBusOptions.GuestMemorySize),
            options.GuestMemorySize,
            $"a multiple of 4096 from {SharedMemoryLayout.MinimumSize} to {SharedMemoryLayout.MaximumSize} bytes");
        return new SharedMemoryHost(path, options);
    }

    /// <summary>Connects a guest to a host's bus.</summary>
    /// <param name="path">The path that the host was made with.</param>
    /// <param name="options">How the bus behaves; <see langword="null"/>: the defaults. The size of the memory is the host's to say.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <returns>The guest's side of the bus. It is of no use after the host has gone: connect anew.</returns>
    /// <exception cref="SocketException">No host listens there.</exception>
    /// <exception cref="VmbusException">The options are out of range, or the host has a guest already, speaks another version, or breaks off.</exception>
    /// <exception cref="IOException">The shared memory cannot be mapped.</exception>
    public static async Task<SharedMemoryBus> ConnectAsync(string path, VmbusBusOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentChecks.RequireText(path);
        return await SharedMemoryGuest.ConnectAsync(path, options ?? new VmbusBusOptions(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes memory of the guest that the host sees where it lies. On the guest's side. PASSIVE_LEVEL.</summary>
    /// <param name="length">The length in bytes, more than 0.</param>
    /// <returns>The memory, zero, in whole pages of its own.</returns>
    /// <exception cref="VmbusException">There is not so much in one row, or this is the host's side.</exception>
    /// <exception cref="IrqlViolationException">It was called above PASSIVE_LEVEL.</exception>
    [IrqlRequiresMax(Irql.Passive)]
    public GuestMemoryBlock AllocateGuestMemory(int length)
    {
        KernelIrql.RequirePassive("SharedMemoryBus.AllocateGuestMemory", "It clears whole pages; allocate before packets flow.");
        return AllocateMemory(length);
    }

    /// <summary>Parts with the other process: its channels close. Channels of this bus should be disabled before. PASSIVE_LEVEL.</summary>
    /// <exception cref="IrqlViolationException">It was called above PASSIVE_LEVEL.</exception>
    [IrqlRequiresMax(Irql.Passive)]
    public void Dispose()
    {
        KernelIrql.RequirePassive("SharedMemoryBus.Dispose", "It waits for the end of the connection; call it at PASSIVE_LEVEL, or use DisposeAsync.");
        DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    /// <summary>As <see cref="Dispose"/>, without blocking a thread.</summary>
    /// <returns>Ends when the connection has ended on this side.</returns>
    public abstract ValueTask DisposeAsync();

    /// <inheritdoc cref="AllocateGuestMemory"/>
    private protected abstract GuestMemoryBlock AllocateMemory(int length);

    /// <summary>A connection has ended, or another has begun, which no reason is known of.</summary>
    private protected void NoteDisconnect(string? reason) => Volatile.Write(ref _disconnectReason, reason);
}
