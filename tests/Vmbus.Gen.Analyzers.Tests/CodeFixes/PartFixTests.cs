using Microsoft.CodeAnalysis.CodeFixes;
using Vmbus.Gen.Analyzers.Completion;
using Vmbus.Gen.CodeFixes.Completion;
using Vmbus.Gen.TestKit.CodeFixes;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Analyzers.Tests.CodeFixes;

/// <summary>Packets that are parts of a tuple or a structure are completed by the name of the part.</summary>
public sealed class PartFixTests
{
    [Theory]
    [InlineData(
        "void Next()\n{\n    var {|VMB101:item|} = _pairs.Dequeue();\n    if (item.Number > 8)\n    {\n        return;\n    }\n\n    item.Packet.Complete();\n}",
        "void Next()\n{\n    var item = _pairs.Dequeue();\n    if (item.Number > 8)\n    {\n        item.Packet.Fail();\n        return;\n    }\n\n    item.Packet.Complete();\n}")]
    [InlineData(
        "void Next()\n{\n    if (_entries.TryDequeue(out var {|VMB101:item|}))\n    {\n        if (item.Number > 8)\n        {\n            return;\n        }\n\n        item.Inner.Packet.Complete();\n    }\n}",
        "void Next()\n{\n    if (_entries.TryDequeue(out var item))\n    {\n        if (item.Number > 8)\n        {\n            item.Inner.Packet.Fail();\n            return;\n        }\n\n        item.Inner.Packet.Complete();\n    }\n}")]
    public Task A_part_is_failed_before_the_return(string before, string after) => VerifyAsync<FailOnLeavingPathFix>(before, after);

    [Theory]
    [InlineData("void Next() { {|VMB105:_pairs.Dequeue()|}; }", "void Next() { _pairs.Dequeue().Packet.Fail(); }")]
    [InlineData("void Next() { {|VMB105:_ = _pairs.Dequeue()|}; }", "void Next() { _pairs.Dequeue().Packet.Fail(); }")]
    [InlineData(
        "void Next() { var item = _pairs.Dequeue(); {|VMB105:item = _pairs.Dequeue()|}; item.Packet.Complete(); }",
        "void Next() { var item = _pairs.Dequeue(); item.Packet.Fail(); item = _pairs.Dequeue(); item.Packet.Complete(); }")]
    public Task A_part_that_gets_lost_is_failed(string before, string after) => VerifyAsync<FailLostPacketFix>(before, after);

    [Theory]
    [InlineData("void Next() { {|VMB105:var (_, n) = _pairs.Dequeue()|}; }")]
    public Task A_part_that_is_taken_apart_is_for_the_author(string member)
        => CodeFixVerifier<PacketCompletionAnalyzer, FailLostPacketFix>.VerifyNotOfferedAsync(Project(member));

    private static TestProject Project(string member)
        => TestProject.Of(
            "public sealed partial class Host\n{\n    private readonly Queue<(PendingPacket Packet, int Number)> _pairs = new();\n    private readonly Queue<Entry> _entries = new();\n\n    "
            + member.Replace("\n", "\n    ", StringComparison.Ordinal).Replace("\n    \n", "\n\n", StringComparison.Ordinal)
            + "\n}\n\npublic record struct Inner(PendingPacket Packet);\npublic record struct Entry(Inner Inner, int Number);\n");

    private static Task VerifyAsync<TFix>(string before, string after)
        where TFix : CodeFixProvider, new()
        => new CodeFixTest(Project(before), Project(after), new TFix(), new PacketCompletionAnalyzer()).RunAsync();
}
