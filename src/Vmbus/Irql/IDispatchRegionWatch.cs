namespace Vmbus;

/// <summary>Is told on the thread itself when code raises it to DISPATCH_LEVEL, and when it comes down again. Must not throw.</summary>
internal interface IDispatchRegionWatch
{
    /// <summary>The calling thread was raised to DISPATCH_LEVEL.</summary>
    void Entered();

    /// <summary>The calling thread is below DISPATCH_LEVEL again; also told where nothing was entered.</summary>
    void Left();
}
