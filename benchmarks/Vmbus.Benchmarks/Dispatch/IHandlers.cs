namespace Vmbus.Benchmarks.Dispatch;

/// <summary>A class of handlers to be dispatched in several ways.</summary>
internal interface IHandlers
{
    /// <summary>The message types that it handles.</summary>
    static abstract uint[] MessageTypes { get; }

    /// <summary>What the handlers have added up: shows that each packet was handled.</summary>
    ulong Sum { get; }

    /// <summary>The handlers behind delegates.</summary>
    (uint Type, Handler Handle)[] Table();
}
