namespace Vmbus.Tests.Channels;

/// <summary>A bus as its two sides see it: one bus in process, or the two ends of one over shared memory.</summary>
internal sealed class BusEnds : IDisposable
{
    private ChannelPair? _probe;
    private GuestMemoryBlock? _probeMemory;

    private BusEnds(VmbusBus server, VmbusBus client)
    {
        Server = server;
        Client = client;
    }

    /// <summary>Where server endpoints are.</summary>
    public VmbusBus Server { get; }

    /// <summary>Where client endpoints are.</summary>
    public VmbusBus Client { get; }

    public static BusEnds Create(BusKind kind, VmbusBusOptions? options = null)
    {
        if (kind == BusKind.InProcess)
        {
            VmbusBus bus = VmbusBus.CreateInProcess(options);
            return new BusEnds(bus, bus);
        }

        string path = Path.Combine(Path.GetTempPath(), $"vmbus-test-{Guid.NewGuid():N}");
        SharedMemoryBus host = SharedMemoryBus.CreateHost(path, options);
        return new BusEnds(host, SharedMemoryBus.ConnectAsync(path, options).GetAwaiter().GetResult());
    }

    /// <summary>Waits until each side knows what the other has said so far: messages keep their order, and these two are the last.</summary>
    public void Flush()
    {
        if (Client is SharedMemoryBus guest)
        {
            _probe ??= new ChannelPair(bus: Server, clientBus: guest).Open();
            _probeMemory ??= guest.AllocateGuestMemory(8);
            _probe.Client.CreateGpadl(_probeMemory.Memory).Dispose();
        }
    }

    /// <summary>Memory of the client that GPADLs may share, whatever the bus.</summary>
    public Memory<byte> Allocate(int length) => Client is SharedMemoryBus guest ? guest.AllocateGuestMemory(length).Memory : new byte[length];

    public void Dispose()
    {
        _probe?.Dispose();
        _probeMemory?.Dispose();
        if (Client is SharedMemoryBus guest && Server is SharedMemoryBus host)
        {
            guest.Dispose();
            host.Dispose();
        }
    }
}
