namespace Vmbus;

/// <summary>The entry points that pass a channel and a number on.</summary>
internal enum NativeEntry
{
    ProcessingComplete,
    Opened,
    Closed,
    Suspend,
    Started,
    PostStarted,
    PnpFailure,
}
