using Vmbus;

// The run time comes through the reference to Handlers, and so does what was generated there.
TestPacket ping = TestPacket.Create([1, 0, 0, 0, 0, 0, 0, 42]);
ping.Deliver(new Echo());
Console.WriteLine($"ping: {ping.Outcome} {Convert.ToHexString(ping.Payload.Span)}");

TestPacket report = TestPacket.Create([2, 0, 0, 0, 0, 0, 0, 0]);
report.Deliver(new Echo());
Console.WriteLine($"report: {report.Outcome}");

TestPacket other = TestPacket.Create([9, 0, 0, 0, 0, 0, 0, 0]);
other.Deliver(new Echo());
Console.WriteLine($"other: {other.Outcome}");

// Two mistakes that the analyzers would find; this project has not asked for them.
internal class Unanalyzed
{
    [ProcessPacket]
    public void On()
    {
    }
}
