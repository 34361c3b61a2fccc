namespace Vmbus.Processing;

/// <summary>Something to do at DISPATCH_LEVEL: a deferred procedure call.</summary>
internal interface IDispatchWork
{
    /// <summary>Does it, without waiting.</summary>
    void Run();
}
