using Vmbus.Tests.Channels;

namespace Vmbus.Tests.SaveRestore;

public sealed class PacketsInFlightOverSharedMemoryTests() : PacketsInFlightTests(BusKind.SharedMemory);
