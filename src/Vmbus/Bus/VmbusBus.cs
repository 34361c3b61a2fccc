using Vmbus.Processing;

namespace Vmbus;

/// <summary>What carries channels: offers, openings, signals and the memory of the rings. A server and a client endpoint with equal ids on a bus are paired.</summary>
public abstract class VmbusBus
{
    private protected VmbusBus() => Processors = new DispatchProcessors();

    /// <summary>The simulated processors on which the channels of the bus are processed.</summary>
    internal DispatchProcessors Processors { get; }

    /// <summary>Makes a bus within this process: the rings lie in native memory, signals are calls.</summary>
    /// <returns>The bus. It needs no disposal: its threads end when they have nothing to do.</returns>
    public static VmbusBus CreateInProcess() => new InProcessBus();

    /// <summary>Puts an endpoint on the bus; a server's is offered to clients from here on.</summary>
    /// <exception cref="VmbusException">An endpoint of the same kind with the same ids is on the bus.</exception>
    internal abstract BusPort Attach(IBusEndpoint endpoint);
}
