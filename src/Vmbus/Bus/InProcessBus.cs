namespace Vmbus;

internal sealed class InProcessBus : VmbusBus;
