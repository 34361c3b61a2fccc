using Vmbus;
using Vmbus.Testing;
using VmbusService1;

// Both ends in one process: the client here stands for the other side until there is one.
await using LoopbackPair pair = LoopbackPair.Open(server: new ServiceHandlers());

VersionResponse version = pair.Request(new VersionRequest(MessageType.Version, 1)).As<VersionResponse>();
Console.WriteLine($"version {version.Version}, accepted: {version.IsAccepted != 0}");

NtStatus written = pair.Request(new WriteRequest(MessageType.Write, Register: 3, Value: 42)).As<NtStatus>();
Console.WriteLine($"write: {written}");
