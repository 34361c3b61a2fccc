using Vmbus.Processing;

namespace Vmbus;

/// <summary>What carries channels: offers, openings, signals and the memory of the rings. A server and a client endpoint with equal ids on a bus are paired.</summary>
public abstract class VmbusBus
{
    private protected VmbusBus(VmbusBusOptions options)
    {
        options.Validate();
        Options = options;
        Processors = new DispatchProcessors();
    }

    /// <summary>What the bus was created with.</summary>
    public VmbusBusOptions Options { get; }

    /// <summary>The guest's physical memory, which packets and GPADLs reference.</summary>
    public abstract IGuestMemory GuestMemory { get; }

    /// <summary>The simulated processors on which the channels of the bus are processed.</summary>
    internal DispatchProcessors Processors { get; }

    /// <summary>Makes a bus within this process: the rings lie in native memory, signals are calls.</summary>
    /// <param name="options">How the bus behaves; <see langword="null"/>: the defaults.</param>
    /// <returns>The bus. It needs no disposal: its threads end when they have nothing to do.</returns>
    /// <exception cref="VmbusException">An option is out of range.</exception>
    public static VmbusBus CreateInProcess(VmbusBusOptions? options = null) => new InProcessBus(options ?? new VmbusBusOptions());

    /// <summary>Puts an endpoint on the bus; a server's is offered to clients from here on.</summary>
    /// <exception cref="VmbusException">An endpoint of the same kind with the same ids is on the bus.</exception>
    internal abstract BusPort Attach(IBusEndpoint endpoint);
}
