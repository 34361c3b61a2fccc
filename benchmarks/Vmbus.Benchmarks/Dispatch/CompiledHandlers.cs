namespace Vmbus.Benchmarks.Dispatch;

/// <summary>One set of handlers and the ways to them.</summary>
/// <param name="Generated">Generated dispatch.</param>
/// <param name="BySwitch">A switch written by hand.</param>
/// <param name="BySwitchAgain">The same switch, compiled a second time.</param>
/// <param name="ByTable">A table and a switch written by hand.</param>
/// <param name="Handlers">The handlers, behind delegates.</param>
internal sealed record CompiledHandlers(IChannelCallbacks Generated, IChannelCallbacks BySwitch, IChannelCallbacks BySwitchAgain, IChannelCallbacks ByTable, IHandlers Handlers);
