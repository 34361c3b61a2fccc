namespace Vmbus.Tests.Channels;

/// <summary>What carries the channels of a test.</summary>
public enum BusKind
{
    InProcess,
    SharedMemory,
}
