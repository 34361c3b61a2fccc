namespace Vmbus.Benchmarks.Dispatch;

/// <summary>A class of handlers to be dispatched in several ways.</summary>
public interface IHandlers
{
    /// <summary>The handlers behind delegates.</summary>
    (uint Type, Handler Handle)[] Table();
}
