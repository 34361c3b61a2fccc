using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Vmbus.Gen.Analyzers.Completion;
using Vmbus.Gen.TestKit.Analyzers;

namespace Vmbus.Gen.Analyzers.Tests.Completion;

/// <summary>VMB109: a public method says who owes the packet that it takes.</summary>
public sealed class PublicContractTests
{
    [Theory]
    [InlineData("public static void M(PacketCompletion {|VMB109:packet|}) => packet.Complete();", "'M' does not say whether it completes 'packet'; its body does: [CompletesPacket]", "CompletesPacket")]
    [InlineData("public static ulong M(PacketCompletion {|VMB109:packet|}) => packet.TransactionId;", "'M' does not say whether it completes 'packet'; its body does not: [BorrowsPacket]", "BorrowsPacket")]
    [InlineData("public static void M(PendingPacket {|VMB109:packet|}, bool b) { if (b) packet.Complete(); }", "'M' does not say whether it completes 'packet'; its body does on some ways only", null)]
    [InlineData("private static readonly Queue<PendingPacket> s_q = new(); public static void M(PendingPacket {|VMB109:packet|}) => s_q.Enqueue(packet);", "'M' does not say whether it completes 'packet'; its body does: [CompletesPacket]", "CompletesPacket")]
    [InlineData("public static void M(PendingPacket {|VMB109:packet|}) => throw new NotSupportedException();", "'M' does not say whether it completes 'packet'; its body never returns", null)]
    [InlineData("public static void M(PacketCompletion {|VMB109:packet|}) => N(packet); private static void N(PacketCompletion packet) => packet.Fail();", "'M' does not say whether it completes 'packet'; its body does: [CompletesPacket]", "CompletesPacket")]
    public async Task TheBodyIsAsked(string member, string message, string? attribute)
    {
        ImmutableArray<Diagnostic> found = await AnalyzerVerifier<PacketCompletionAnalyzer>.VerifyMessageAsync("public static class Helpers { " + member + " }", "VMB109", message);
        Assert.Equal(attribute, Assert.Single(found).Properties["Attribute"]);
    }

    [Theory]
    [InlineData("public interface ISink { void Put(PendingPacket {|VMB109:packet|}); void Take([CompletesPacket] PacketCompletion packet); }")]
    [InlineData("public abstract class Sink { public abstract void Put(PendingPacket {|VMB109:packet|}); }")]
    [InlineData("public class Sink { public virtual void Put([CompletesPacket] PendingPacket packet) => packet.Complete(); } public class Derived : Sink { public override void Put(PendingPacket packet) => packet.Complete(); }")]
    [InlineData("public interface ISink { void Put([CompletesPacket] PendingPacket packet); } public class Sink : ISink { public void Put(PendingPacket packet) => packet.Complete(); }")]
    [InlineData("public class Sink { internal void Put(PendingPacket packet) => packet.Complete(); private void Other(PendingPacket packet) => packet.Complete(); }")]
    [InlineData("internal class Sink { public void Put(PendingPacket packet) => packet.Complete(); }")]
    [InlineData("public class Sink { private sealed class Inner { public void Put(PendingPacket packet) => packet.Complete(); } }")]
    [InlineData("public partial class Host { [ProcessPacket(1u)] public void On(PacketCompletion packet) => packet.Complete(); [ProcessPacket(2u)] public NtStatus OnTwo(PacketCompletion packet) => NtStatus.Success; }")]
    [InlineData("public sealed class Callbacks : IChannelCallbacks { public void ProcessPacket(VmbusChannel channel, PacketCompletion packet, ReadOnlySpan<byte> buffer, ProcessPacketFlags flags) => packet.Complete(); }")]
    [InlineData("public static class Sink { public static bool TryTake(out PendingPacket packet) { packet = default; return false; } }")]
    [InlineData("public static class Sink { public static void Put(this PendingPacket {|VMB109:packet|}) => packet.Complete(); }")]
    public Task WhoMustSay(string source) => AnalyzerVerifier<PacketCompletionAnalyzer>.VerifyRuleAsync("VMB109", source);
}
