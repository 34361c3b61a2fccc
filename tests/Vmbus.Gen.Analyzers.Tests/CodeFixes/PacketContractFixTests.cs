using Vmbus.Gen.Analyzers.Completion;
using Vmbus.Gen.CodeFixes.Completion;
using Vmbus.Gen.TestKit.CodeFixes;
using Vmbus.Gen.TestKit.Projects;

namespace Vmbus.Gen.Analyzers.Tests.CodeFixes;

/// <summary>VMB109: the attribute that the body implies.</summary>
public sealed class PacketContractFixTests
{
    [Theory]
    [InlineData("public static void M(PacketCompletion {|VMB109:packet|}) => packet.Complete();", "public static void M([CompletesPacket] PacketCompletion packet) => packet.Complete();")]
    [InlineData("public static ulong M(PacketCompletion {|VMB109:packet|}) => packet.TransactionId;", "public static ulong M([BorrowsPacket] PacketCompletion packet) => packet.TransactionId;")]
    [InlineData("public static void M(this PendingPacket {|VMB109:packet|}) => packet.Complete();", "public static void M([CompletesPacket] this PendingPacket packet) => packet.Complete();")]
    [InlineData("public static void M(int n, in PendingPacket {|VMB109:@in|}) => @in.Complete();", "public static void M(int n, [CompletesPacket] in PendingPacket @in) => @in.Complete();")]
    [InlineData(
        "public static void M(PendingPacket {|VMB109:a|}, PendingPacket {|VMB109:b|}) { a.Complete(); _ = b.TransactionId; } public static void N(PacketCompletion {|VMB109:p|}) => p.Fail();",
        "public static void M([CompletesPacket] PendingPacket a, [BorrowsPacket] PendingPacket b) { a.Complete(); _ = b.TransactionId; } public static void N([CompletesPacket] PacketCompletion p) => p.Fail();")]
    [InlineData("public static void M(\n        // whose?\n        PacketCompletion {|VMB109:packet|}) => packet.Complete();", "public static void M(\n        // whose?\n        [CompletesPacket] PacketCompletion packet) => packet.Complete();")]
    public Task The_parameter_says_who_owes(string before, string after)
        => CodeFixVerifier<PacketCompletionAnalyzer, PacketContractFix>.VerifyAsync($"public static class C {{ {before} }}", $"public static class C {{ {after} }}");

    [Fact]
    public Task What_callers_may_rely_on_is_judged_after_it()
        => new CodeFixTest(
            TestProject.Of("public static class C { public static void M(PendingPacket {|VMB109:packet|}) => N(packet); public static void N(PendingPacket {|VMB109:packet|}) => packet.Fail(); }"),
            TestProject.Of("public static class C { public static void M([CompletesPacket] PendingPacket packet) => N(packet); public static void N([CompletesPacket] PendingPacket packet) => packet.Fail(); }"),
            new PacketContractFix(),
            new PacketCompletionAnalyzer())
        {
            Title = "Add [CompletesPacket] to 'packet'",
        }.RunAsync();

    [Theory]
    [InlineData("public static void M(PendingPacket {|VMB109:packet|}, bool b) { if (b) packet.Complete(); }")]
    [InlineData("public static void M(PendingPacket {|VMB109:packet|}) => throw new NotSupportedException();")]
    public Task Where_the_body_does_not_tell_nothing_is_offered(string member)
        => CodeFixVerifier<PacketCompletionAnalyzer, PacketContractFix>.VerifyNotOfferedAsync($"public static class C {{ {member} }}");
}
