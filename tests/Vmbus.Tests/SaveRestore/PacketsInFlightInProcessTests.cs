using Vmbus.Tests.Channels;

namespace Vmbus.Tests.SaveRestore;

public sealed class PacketsInFlightInProcessTests() : PacketsInFlightTests(BusKind.InProcess);
