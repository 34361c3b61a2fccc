namespace Vmbus;

/// <summary>What carries channels: offers, openings, signals and the memory of the rings. A server and a client endpoint with equal ids on a bus are paired.</summary>
public abstract partial class VmbusBus
{
    private protected VmbusBus()
    {
    }

    /// <summary>Makes a bus within this process.</summary>
    /// <returns>The bus.</returns>
    public static VmbusBus CreateInProcess() => new InProcessBus();
}
